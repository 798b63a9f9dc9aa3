"""What formats are made of: streams, archives, file systems and compressions; each bounded, none a format itself."""

"""The careful file name reader: what an installer's name says of it. Pure: opens no file.

`words` splits a name and knows what words mean, `numbers` finds what may be a version, `versions` and `products`
choose among them, and `reader` makes facts of it.
"""

from ota_dev.scan.file_names.reader import read_file_name

__all__ = ["read_file_name"]

"""What was learned about files, remembered between runs: digests, facts, signatures. Reads and writes one SQLite file.

Learns nothing itself, and reads none of the files that it knows of. A memory is worth only the time it saves, so
nothing that happens to the file is ever fatal.
"""

from ota_dev.store.store import Store

__all__ = ["Store"]

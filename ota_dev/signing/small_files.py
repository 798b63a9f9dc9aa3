"""Small files whole in memory, so that they are signed here and need no process of their own. Reads those files.

What is in memory can neither be cut short nor change between the two passes of a signature.
"""

import os
import stat
from pathlib import Path

from ota_dev.operating_system import open_shared

__all__ = ["LARGEST", "is_small", "read_small"]

LARGEST = 1024 * 1024  # bytes; signing that many takes some milliseconds, during which no other thread runs


def is_small(path: Path) -> bool:
    """Say whether a file is worth reading whole; what cannot be looked at is not."""
    try:
        return _is_small(path.stat())
    except OSError:
        return False


def read_small(path: Path) -> bytes | None:
    """Read a file whole; `None` when it cannot be read, is not small any more, or changes meanwhile."""
    try:
        with open_shared(path) as file:
            before = os.fstat(file.fileno())
            if not _is_small(before):
                return None
            content = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
    except OSError:
        return None
    has_changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    return None if has_changed or len(content) != after.st_size else content


def _is_small(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_size <= LARGEST

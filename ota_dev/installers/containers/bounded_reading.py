"""Reading at a place in an installer, never more than asked for and never more than a limit.

Lengths and offsets in an installer are claims. Here a claim beyond the end of the file becomes the one error for a
file that is cut short, and a claim beyond any sense becomes the one for a damaged file.
"""

import os
from typing import BinaryIO

from ota_dev.errors import IncompleteInstallerError, InstallerError

__all__ = ["MAX_READ", "read_at", "require_size", "size_of"]

MAX_READ = 32 << 20  # bytes


def size_of(file: BinaryIO) -> int:
    """Give the size of *file* in bytes; moves its position."""
    return file.seek(0, os.SEEK_END)


def require_size(file: BinaryIO, size: int, what: str) -> None:
    """Make sure that *file* has at least *size* bytes, since *what* needs them.

    Raises:
        IncompleteInstallerError: it is shorter.
    """
    if size > (actual := size_of(file)):
        raise IncompleteInstallerError(
            f"it is cut short: its {what} should end at byte {size:,}, but the file ends at byte {actual:,}"
        )


def read_at(file: BinaryIO, offset: int, size: int, what: str) -> bytes:
    """Read exactly *size* bytes at *offset*; *what* names them in errors.

    Raises:
        IncompleteInstallerError: the file ends before them.
        InstallerError: they are more than `MAX_READ`, or begin before the file does.
    """
    if offset < 0 or not 0 <= size <= MAX_READ:
        raise InstallerError(f"it is damaged: its {what} claims to have {size:,} bytes at byte {offset:,}")
    require_size(file, offset + size, what)
    file.seek(offset)
    return file.read(size)

"""Reading by ranges of bytes, which is all that a disk, a partition and a fork on it have in common; pure."""

from collections.abc import Callable

__all__ = ["ReadRange", "shifted"]

# Gives exactly so many bytes (the second argument) from an offset (the first), or raises `InstallerError`.
ReadRange = Callable[[int, int], bytes]


def shifted(read: ReadRange, start: int) -> ReadRange:
    """Give the same bytes, counted from *start*."""
    return lambda offset, size: read(start + offset, size)

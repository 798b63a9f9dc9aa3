"""What every installer format offers to the rest of the house."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from ota_dev.catalog.facts import Facts

__all__ = ["InstallerFormat"]


def _never(_end: bytes) -> bool:
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class InstallerFormat:
    """One installer format.

    `recognises` is given the first 4 KiB of a file and decides by magic bytes, never by a name.
    `recognises_end` is given its last 4 KiB, for formats that have their magic there; one of the two is enough.
    `read` is given the file, opened in binary mode and seekable, and gives what it says of itself.

    `read` raises `IncompleteInstallerError` where the file is visibly cut short, and `InstallerError` where it cannot
    be read (encrypted, damaged, hostile). Whatever else escapes it is caught by the caller and costs that file only.
    It bounds what it unpacks, walks and recurses into, and never trusts a length.
    """

    name: str
    recognises: Callable[[bytes], bool]
    recognises_end: Callable[[bytes], bool] = _never
    read: Callable[[BinaryIO], Facts]

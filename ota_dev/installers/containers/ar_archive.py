"""The members of an `ar` archive, which a Debian package is.

Reads the headers only; the content is the caller's to read.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.bounded_reading import read_at, require_size, size_of

__all__ = ["MAGIC", "ArMember", "ar_members"]

MAGIC = b"!<arch>\n"
MAX_MEMBERS = 64

_HEADER_SIZE = 60
_HEADER_END = b"`\n"


class ArMember(NamedTuple):
    """One member and where its content stands."""

    name: str
    offset: int
    size: int  # bytes


def ar_members(file: BinaryIO) -> Iterator[ArMember]:
    """Give the members in their order; those after the first `MAX_MEMBERS` are passed over.

    Raises:
        IncompleteInstallerError: the file ends before a member that it has the header of.
        InstallerError: a header is damaged.
    """
    offset = len(MAGIC)
    for _ in range(MAX_MEMBERS):
        if offset >= size_of(file):
            return
        header = read_at(file, offset, _HEADER_SIZE, "member header")
        size = header[48:58].strip()
        if header[58:] != _HEADER_END or not size.isdigit():
            raise InstallerError(f"it is damaged: there is no member header at byte {offset}")
        member = ArMember(header[:16].decode("ascii", "replace").rstrip(" /"), offset + _HEADER_SIZE, int(size))
        require_size(file, member.offset + member.size, member.name)
        yield member
        offset = member.offset + member.size + member.size % 2

"""The members of a cpio archive, the payload of most packages, one after the other from a stream that is read once.

Reads the portable form that Apple writes (`070707`), in which all numbers are octal digits; the content of a member is
the caller's to read.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.forward_stream import ForwardStream

__all__ = ["MAGIC", "CpioMember", "cpio_members"]

MAGIC = b"070707"
MAX_MEMBERS = 400_000
MAX_NAME_SIZE = 4096  # bytes

_HEADER_SIZE = 76
_LAST = "TRAILER!!!"
_KIND_MASK, _FILE, _LINK = 0o170000, 0o100000, 0o120000  # of a mode


class CpioMember(NamedTuple):
    """One member, by its header."""

    name: str
    mode: int
    size: int  # bytes

    @property
    def is_file(self) -> bool:
        """Tell a plain file from folders, links and devices."""
        return self.mode & _KIND_MASK == _FILE

    @property
    def is_link(self) -> bool:
        """Tell a symbolic link, whose content is its target."""
        return self.mode & _KIND_MASK == _LINK


def cpio_members(stream: ForwardStream) -> Iterator[CpioMember]:
    """Give the members in their order; while one is at hand, the stream stands at the start of its content.

    Raises:
        IncompleteInstallerError: the stream ends before the member that ends every archive.
        InstallerError: a header is damaged, or there are senselessly many.
    """
    for _ in range(MAX_MEMBERS):
        member = _next_member(stream)
        if member.name == _LAST:
            return
        end = stream.position + member.size
        yield member
        stream.skip(end - stream.position)
    raise InstallerError(f"its payload has more than {MAX_MEMBERS:,} members")


def _next_member(stream: ForwardStream) -> CpioMember:
    header = stream.read(_HEADER_SIZE)
    if len(header) < _HEADER_SIZE:
        raise IncompleteInstallerError("its payload is cut short: the member that ends it is missing")
    try:
        mode, name_size, size = int(header[18:24], 8), int(header[59:65], 8), int(header[65:76], 8)
    except ValueError as error:
        raise InstallerError("its payload is damaged") from error
    if not header.startswith(MAGIC) or not 0 < name_size <= MAX_NAME_SIZE or size < 0:
        raise InstallerError("its payload is damaged")
    name = stream.read(name_size).rstrip(b"\0").decode("utf-8", "replace")
    return CpioMember(name, mode, size)

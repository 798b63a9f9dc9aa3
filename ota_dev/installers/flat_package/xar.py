"""The xar archive that a flat package is: a compressed table of contents in XML, then a heap with all content.

Reads the table, and single members, from the file it is given. Checksums are left to macOS.
"""

import io
import struct
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from ota_dev.errors import InstallerError
from ota_dev.installers.bounded_xml import MAX_XML_SIZE, parse_xml
from ota_dev.installers.containers.bounded_reading import MAX_READ, read_at, require_size
from ota_dev.installers.containers.compressed_blocks import unpack_bzip2, unpack_xz, unpack_zlib

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["MAGIC", "Xar"]

MAGIC = b"xar!"
MAX_FILES = 20_000
MAX_UNPACKED = 64 * 1024**2  # bytes, of one file

_HEADER = struct.Struct(">4sH2xQ")  # magic, size, size of the packed table; the rest is not needed

# As xar names them: what it calls gzip is zlib.
_STORED = "application/octet-stream"
_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    _STORED: lambda data, limit: data[:limit],
    "application/x-gzip": unpack_zlib,
    "application/x-bzip2": unpack_bzip2,
    "application/x-xz": unpack_xz,
}


class _Member(NamedTuple):
    offset: int  # bytes, in the file
    packed_size: int  # bytes
    encoding: str  # media type


class Xar:
    """The files in a xar archive, by path."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the table of contents.

        Raises:
            IncompleteInstallerError: the file ends before what the table lists does.
            InstallerError: the table is damaged, or of senseless size.
        """
        self._file = file
        _, header_size, table_size = _HEADER.unpack(read_at(file, 0, _HEADER.size, "header"))
        packed = read_at(file, header_size, table_size, "table of contents")
        table = parse_xml(unpack_zlib(packed, MAX_XML_SIZE + 1), "its table of contents")
        self.members = dict(_members(table, heap=header_size + table_size))
        ends = (member.offset + member.packed_size for member in self.members.values())
        require_size(file, max(ends, default=0), "content")

    def read(self, path: str, limit: int) -> bytes:
        """Read at most *limit* bytes from the start of the file at *path*."""
        member = self.members[path]
        if member.encoding not in _DECODERS:
            raise InstallerError(f"{path} in it is compressed in an unknown way ({member.encoding})")
        packed = read_at(self._file, member.offset, min(member.packed_size, 2 * limit, MAX_READ), path)
        return _DECODERS[member.encoding](packed, limit)

    def open(self, path: str) -> BinaryIO:
        """Give the file at *path* as a file of its own; one that the archive compresses is unpacked up to a limit."""
        member = self.members[path]
        if member.encoding != _STORED:
            return io.BytesIO(self.read(path, MAX_UNPACKED))
        return io.BufferedReader(_Section(self._file, member.offset, member.packed_size))


def _members(table: Element, heap: int) -> Iterator[tuple[str, _Member]]:
    """Give the plain files that the table lists; folders hold the elements of what is in them."""
    waiting = [("", element) for element in table.findall("toc/file")]
    for _ in range(MAX_FILES):
        if not waiting:
            return
        folder, element = waiting.pop()
        path = folder + element.findtext("name", "")
        data = element.find("data")
        if data is not None:
            yield path, _member(data, heap)
        waiting += [(f"{path}/", child) for child in element.findall("file")]
    raise InstallerError(f"it has more than {MAX_FILES:,} files")


def _member(data: Element, heap: int) -> _Member:
    encoding = data.find("encoding")
    try:
        offset, packed_size = int(data.findtext("offset", "")), int(data.findtext("length", ""))
    except ValueError as error:
        raise InstallerError("its table of contents is damaged") from error
    if offset < 0 or packed_size < 0:
        raise InstallerError("its table of contents is damaged")
    return _Member(heap + offset, packed_size, _STORED if encoding is None else encoding.get("style", _STORED))


class _Section(io.RawIOBase):
    """A part of a file, as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start, self._size = start, size
        self._position = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read as much as is asked for, and no more than there is."""
        view = memoryview(buffer)
        self._file.seek(self._start + self._position)
        data = self._file.read(max(min(len(view), self._size - self._position), 0))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)

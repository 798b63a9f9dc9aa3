"""HFS+ and HFSX, the file system of most disk images until macOS 10.13, and of many since.

Lists folders through the catalog's index and reads the beginnings of files, also of those that are kept compressed.
Source: Apple's Technical Note TN1150.
"""

import struct
from collections.abc import Iterator
from functools import partial

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.compressed_file import ATTRIBUTE, read_compressed
from ota_dev.installers.dmg.hfs_plus_tree import HfsPlusTree, Key
from ota_dev.installers.dmg.ranges import ReadRange
from ota_dev.installers.dmg.volume import Entry

__all__ = ["HfsPlus", "is_hfs_plus"]

MAX_ENTRIES = 50_000  # in one folder
MAX_EXTENTS = 10_000  # of one file

_HEADER = 1024  # offset in bytes
_EXTENTS_FILE, _CATALOG_FILE, _ATTRIBUTES_FILE = 3, 4, 8
_DATA_FORK, _RESOURCE_FORK = 0x00, 0xFF
_FOLDER, _FILE = 1, 2
_IS_COMPRESSED = 0x20  # UF_COMPRESSED, among the owner's flags
_INLINE_ATTRIBUTE = 0x10


def is_hfs_plus(read: ReadRange) -> bool:
    """Tell whether a volume is HFS+ or HFSX."""
    return read(_HEADER, 2) in (b"H+", b"HX")


class HfsPlus:
    """The files of an HFS+ volume."""

    def __init__(self, read: ReadRange) -> None:
        self._read = read
        self._header = read(_HEADER, 512)
        (self._block_size,) = struct.unpack_from(">I", self._header, 40)
        if not 512 <= self._block_size <= 1024**2:
            raise InstallerError("its HFS+ volume is damaged: the size of its blocks is senseless")
        self._overflow: HfsPlusTree | None = None  # that tree itself has no other extents
        self._overflow = HfsPlusTree(self._fork(self._header[192:272], _EXTENTS_FILE), _extents_key)
        self._catalog = HfsPlusTree(self._fork(self._header[272:352], _CATALOG_FILE), _catalog_key)

    @property
    def root(self) -> int:
        """Give the number of the outermost folder."""
        return 2

    def entries(self, folder: int) -> Iterator[Entry]:
        """List the folder with this number."""
        for count, (key, record) in enumerate(self._catalog.records((folder,))):
            if _catalog_key(key) != (folder,):
                return
            if count > MAX_ENTRIES:
                raise InstallerError(f"a folder in it has more than {MAX_ENTRIES:,} entries")
            kind, number = struct.unpack_from(">H6xI", record)
            if kind == _FOLDER:
                yield Entry(_name(key), folder=number)
            elif kind == _FILE:
                file = bytes(record[:248])
                yield Entry(_name(key), read=partial(self._content, number, file), is_link=file[48:52] == b"slnk")

    def _content(self, number: int, file: bytes, limit: int) -> bytes:
        if file[41] & _IS_COMPRESSED:
            resource_fork = self._fork(file[168:248], number, _RESOURCE_FORK)
            return read_compressed(self._attribute(number, ATTRIBUTE), resource_fork, limit)
        fork = file[88:168]
        (size,) = struct.unpack_from(">Q", fork)
        return self._fork(fork, number)(0, min(size, limit))

    def _attribute(self, file: int, name: str) -> bytes:
        attributes = HfsPlusTree(self._fork(self._header[352:432], _ATTRIBUTES_FILE), _attribute_key)
        for key, record in attributes.records((file,)):
            if _attribute_key(key) != (file,):
                break
            (name_size,) = struct.unpack_from(">H", key, 10)
            if bytes(key[12 : 12 + 2 * name_size]) == name.encode("utf-16-be"):
                kind, size = struct.unpack_from(">I8xI", record)
                if kind == _INLINE_ATTRIBUTE:
                    return bytes(record[16 : 16 + size])
        raise InstallerError(f"a file in it is damaged: it has no attribute {name}")

    def _fork(self, fork: bytes, file: int, kind: int = _DATA_FORK) -> ReadRange:
        """Give the bytes of a fork by its description in the catalog or the volume's header."""
        (blocks,) = struct.unpack_from(">I", fork, 12)
        extents = list(struct.iter_unpack(">II", fork[16:80]))
        described = sum(count for _, count in extents)
        if described < blocks and self._overflow:
            for key, record in self._overflow.records((file, kind, described)):
                if _extents_key(key)[:2] != (file, kind) or len(extents) > MAX_EXTENTS:
                    break
                extents += struct.iter_unpack(">II", record[:64])
        return partial(self._read_extents, extents)

    def _read_extents(self, extents: list[tuple[int, int]], offset: int, size: int) -> bytes:
        parts = []
        for block, count in extents:
            extent_size = count * self._block_size
            if offset < extent_size and size > 0:
                part = self._read(block * self._block_size + offset, min(size, extent_size - offset))
                parts.append(part)
                size -= len(part)
                offset += len(part)
            offset -= extent_size
        if size > 0:
            raise InstallerError("its HFS+ volume is damaged: a file ends before its size says")
        return b"".join(parts)


def _catalog_key(key: memoryview) -> Key:
    """Give the folder's number: names are compared by whoever looks for them."""
    return struct.unpack_from(">I", key)


def _name(catalog_key: memoryview) -> str:
    (size,) = struct.unpack_from(">H", catalog_key, 4)
    return bytes(catalog_key[6 : 6 + 2 * size]).decode("utf-16-be", "replace")


def _extents_key(key: memoryview) -> Key:
    kind, file, block = struct.unpack_from(">BxII", key)
    return file, kind, block


def _attribute_key(key: memoryview) -> Key:
    return struct.unpack_from(">2xI", key)

"""APFS, the file system of most disk images since macOS 10.13.

Lists folders and reads the beginnings of files, also of those that are kept compressed, in a container's first volume.
Knows no encryption, snapshots or sealed volumes. Source: Apple's File System Reference (2020-06-22).
"""

import struct
from collections.abc import Iterator
from functools import partial

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.apfs_container import Container
from ota_dev.installers.dmg.apfs_tree import ApfsTree, Key
from ota_dev.installers.dmg.compressed_file import ATTRIBUTE, RESOURCE_FORK_ATTRIBUTE, read_compressed
from ota_dev.installers.dmg.ranges import ReadRange
from ota_dev.installers.dmg.volume import Entry

__all__ = ["Apfs"]

MAX_ENTRIES = 50_000  # in one folder

_INODE, _ATTRIBUTE, _EXTENT, _NAME = 3, 4, 8, 9  # kinds of records
_FOLDER, _FILE, _LINK = 4, 8, 10  # kinds of names
_UNENCRYPTED = 0x1
_HASHED_NAMES = 0x1 | 0x8  # volumes that ignore case or normal form keep a hash beside each name
_IS_COMPRESSED = 0x20  # UF_COMPRESSED
_SIZE_FIELD = 8
_EXTENT_SIZE = (1 << 56) - 1  # without the flags above it
_LINK_ATTRIBUTE = "com.apple.fs.symlink"


class Apfs:
    """The files of an APFS volume."""

    def __init__(self, read: ReadRange) -> None:
        self._read = read
        container = Container(read)
        self._block_size = container.block_size
        volume = container.volume()
        (features,) = struct.unpack_from("<Q", volume, 56)
        object_map, root = struct.unpack_from("<QQ", volume, 128)
        (flags,) = struct.unpack_from("<Q", volume, 264)
        if not flags & _UNENCRYPTED:
            raise InstallerError("its APFS volume is encrypted")
        self._name_start = 12 if features & _HASHED_NAMES else 10
        self._tree = ApfsTree(container.objects(object_map), root, _key)

    @property
    def root(self) -> int:
        """Give the number of the outermost folder."""
        return 2

    def entries(self, folder: int) -> Iterator[Entry]:
        """List the folder with this number."""
        for count, (key, value) in enumerate(self._tree.records((folder, _NAME))):
            if count >= MAX_ENTRIES:
                raise InstallerError(f"a folder in it has more than {MAX_ENTRIES:,} entries")
            name = key[self._name_start :].rstrip(b"\0").decode("utf-8", "replace")
            number, flags = struct.unpack_from("<Q8xH", value)
            kind = flags & 0x0F
            if kind == _FOLDER:
                yield Entry(name, folder=number)
            elif kind == _FILE:
                yield Entry(name, read=partial(self._content, number))
            elif kind == _LINK:
                yield Entry(name, read=partial(self._link_target, number), is_link=True)

    def _content(self, file: int, limit: int) -> bytes:
        inode = next((value for _, value in self._tree.records((file, _INODE))), None)
        if inode is None:
            raise InstallerError("its APFS volume is damaged: a file has no inode")
        (flags,) = struct.unpack_from("<I", inode, 68)
        if flags & _IS_COMPRESSED:
            attribute = _embedded(self._attribute(file, ATTRIBUTE))
            return read_compressed(attribute, partial(self._read_resource_fork, file), limit)
        (stream,) = struct.unpack_from("<Q", inode, 8)
        return self._read_stream(stream, 0, min(_content_size(inode), limit))

    def _link_target(self, link: int, limit: int) -> bytes:
        return _embedded(self._attribute(link, _LINK_ATTRIBUTE))[:limit]

    def _read_resource_fork(self, file: int, offset: int, size: int) -> bytes:
        attribute = self._attribute(file, RESOURCE_FORK_ATTRIBUTE)
        if _is_embedded(attribute):
            return _embedded(attribute)[offset : offset + size]
        (stream,) = struct.unpack_from("<Q", attribute, 4)
        return self._read_stream(stream, offset, size)

    def _attribute(self, file: int, name: str) -> bytes:
        for key, value in self._tree.records((file, _ATTRIBUTE)):
            if key[10:].rstrip(b"\0") == name.encode():
                return value
        raise InstallerError(f"a file in it is damaged: it has no attribute {name}")

    def _read_stream(self, stream: int, offset: int, size: int) -> bytes:
        """Read a range of a file's content; what no extent covers is zeros."""
        content = bytearray(size)
        for key, value in self._tree.records((stream, _EXTENT)):
            (start,) = struct.unpack_from("<Q", key, 8)
            flags_and_size, block = struct.unpack_from("<QQ", value)
            first, end = max(start, offset), min(start + (flags_and_size & _EXTENT_SIZE), offset + size)
            if first < end and block:
                content[first - offset : end - offset] = self._read(
                    block * self._block_size + first - start, end - first
                )
            if start >= offset + size:
                break
        return bytes(content)


def _key(key: bytes) -> Key:
    (packed,) = struct.unpack_from("<Q", key)
    return packed & (1 << 60) - 1, packed >> 60


def _is_embedded(attribute: bytes) -> bool:
    """Tell an attribute whose content is in its record from one with a stream of its own."""
    return bool(attribute[0] & 0x2)


def _embedded(attribute: bytes) -> bytes:
    (size,) = struct.unpack_from("<H", attribute, 2)
    return attribute[4 : 4 + size]


def _content_size(inode: bytes) -> int:
    """Give the size of a file's content from the extended fields that follow its inode; files without one are empty."""
    if len(inode) < 96:
        return 0
    (count,) = struct.unpack_from("<H", inode, 92)
    place = 96 + 4 * count
    for kind, size in struct.iter_unpack("<BxH", inode[96:place]):
        if kind == _SIZE_FIELD:
            (content_size,) = struct.unpack_from("<Q", inode, place)
            return int(content_size)
        place += -(-size // 8) * 8
    return 0

"""Squashfs 4.0 file systems, in which AppImages and snaps carry their files.

Finds a file by its path and reads it, by position: only the blocks on the way are unpacked.
Source of the layout: `squashfs_fs.h` of the Linux kernel.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.bounded_reading import read_at, require_size
from ota_dev.installers.containers.compressed_blocks import UnpackBlock, unpack_xz, unpack_zlib, unpack_zstd
from ota_dev.installers.containers.member_paths import follow_links

__all__ = ["MAGIC", "SquashFs"]

MAGIC = b"hsqs"
MAX_NAMES = 10_000  # in one folder
MAX_LINK_TARGET = 1024  # bytes of a link's target
MAX_METADATA_BLOCKS = 1000  # blocks, over the life of one SquashFs; folders that contain themselves would need more

_BLOCK_SIZES = tuple(1 << shift for shift in range(12, 21))  # bytes
_METADATA_SIZE = 8192
_METADATA_IS_STORED, _DATA_IS_STORED = 1 << 15, 1 << 24  # bits of a size, for what is not compressed
_NO_FRAGMENT = 0xFFFFFFFF
_FRAGMENTS_PER_BLOCK = 512
_UNPACKERS: dict[int, UnpackBlock] = {1: unpack_zlib, 4: unpack_xz, 6: unpack_zstd}
_OTHER_COMPRESSIONS = {2: "lzma", 3: "lzo", 5: "lz4"}


class _Folder(NamedTuple):
    block: int  # of the listing, from the start of the directory table
    offset: int  # in that block, once it is unpacked
    size: int  # bytes of the listing


class _File(NamedTuple):
    start: int  # of its blocks
    size: int  # bytes
    fragment: int
    fragment_offset: int
    stored_sizes: "_Metadata"  # of its blocks, still to be read


class _Link(NamedTuple):
    target: str


class SquashFs:
    """A file system, open for reading."""

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        """Read the superblock at byte *start*.

        Raises:
            IncompleteInstallerError: the file ends before the file system does.
            InstallerError: it is no squashfs 4.0, or of a compression that is not read here.
        """
        self._file, self._start = file, start
        magic, self._block_size, compression, major = struct.unpack(
            "<4s8xI4xH6xH2x", read_at(file, start, 32, "superblock")[:32]
        )
        if magic != MAGIC or major != 4 or self._block_size not in _BLOCK_SIZES:
            raise InstallerError("there is no squashfs 4.0 in it")
        if compression not in _UNPACKERS:
            name = _OTHER_COMPRESSIONS.get(compression, f"method {compression}")
            raise InstallerError(f"its squashfs is compressed with {name}; gzip, xz and zstd can be read")
        self._unpack = _UNPACKERS[compression]
        self._root, size, *_, self._inodes, self._listings, self._fragments = struct.unpack(
            "<7Q", read_at(file, start + 32, 56, "superblock")
        )
        require_size(file, start + size, "squashfs")
        self._metadata_left = MAX_METADATA_BLOCKS

    def names(self, folder: str = "") -> list[str]:
        """List what is in a folder, the root when it is not named; nothing when there is no such folder."""
        inode = self._find(folder)
        return [name for name, _ in self._listing(inode)] if isinstance(inode, _Folder) else []

    def read(self, path: str, limit: int) -> bytes | None:
        """Read at most *limit* bytes from the start of a file, through links; `None` when there is no such file."""
        reached = follow_links(path, self._link_target)
        inode = self._find(reached) if reached else None
        return self._content(inode, min(inode.size, limit)) if isinstance(inode, _File) else None

    def _link_target(self, path: str) -> str | None:
        inode = self._find(path)
        return inode.target if isinstance(inode, _Link) else None

    def _find(self, path: str) -> _Folder | _File | _Link | None:
        inode = self._inode(self._root)
        for part in path.split("/") if path else ():
            listing = self._listing(inode) if isinstance(inode, _Folder) else ()
            reference = next((reference for name, reference in listing if name == part), None)
            if reference is None:
                return None
            inode = self._inode(reference)
        return inode

    def _inode(self, reference: int) -> _Folder | _File | _Link | None:
        metadata = _Metadata(self, self._inodes + (reference >> 16), reference & 0xFFFF)
        (kind,) = metadata.unpack("<H14x")
        match kind:
            case 1:
                block, size, offset = metadata.unpack("<I4x2H4x")
                return _Folder(block, offset, size)
            case 8:
                size, block, offset = metadata.unpack("<4x2I6xH4x")
                return _Folder(block, offset, size)
            case 2:
                start, fragment, offset, size = metadata.unpack("<4I")
                return _File(start, size, fragment, offset, metadata)
            case 9:
                start, size, fragment, offset = metadata.unpack("<2Q12x2I4x")
                return _File(start, size, fragment, offset, metadata)
            case 3 | 10:
                (size,) = metadata.unpack("<4xI")
                return _Link(metadata.read(min(size, MAX_LINK_TARGET)).decode("utf-8", "replace"))
        return None  # a device, a pipe or a socket

    def _listing(self, folder: _Folder) -> Iterator[tuple[str, int]]:
        """Give the names in a folder, each with the reference of its inode."""
        metadata = _Metadata(self, self._listings + folder.block, folder.offset)
        left = folder.size - 3  # which counts entries for "." and ".." that are not there
        named = 0
        while left > 0:
            count, block = metadata.unpack("<2I4x")
            named += count + 1
            if named > MAX_NAMES:
                raise InstallerError(f"one of its folders has more than {MAX_NAMES:,} entries")
            left -= 12
            for _ in range(count + 1):
                offset, size = metadata.unpack("<H4xH")
                yield metadata.read(size + 1).decode("utf-8", "replace"), block << 16 | offset
                left -= 8 + size + 1

    def _content(self, file: _File, size: int) -> bytes:
        whole_blocks, tail = divmod(file.size, self._block_size)
        if tail and file.fragment == _NO_FRAGMENT:
            whole_blocks += 1
        content, start = b"", self._start + file.start
        for _ in range(min(whole_blocks, -(-size // self._block_size))):
            (stored,) = file.stored_sizes.unpack("<I")
            content += self._block(start, stored)
            start += stored & ~_DATA_IS_STORED
        if len(content) < size and file.fragment != _NO_FRAGMENT:
            content += self._fragment(file.fragment)[file.fragment_offset :]
        if len(content) < size:
            raise InstallerError("it is damaged: one of the files in it is shorter than it claims to be")
        return content[:size]

    def _fragment(self, number: int) -> bytes:
        """Read the block that holds the ends of several files."""
        index, place = divmod(number, _FRAGMENTS_PER_BLOCK)
        (block,) = struct.unpack("<Q", read_at(self._file, self._start + self._fragments + index * 8, 8, "fragments"))
        start, stored = _Metadata(self, block, place * 16).unpack("<QI4x")
        return self._block(self._start + start, stored)

    def _block(self, start: int, stored: int) -> bytes:
        size = stored & ~_DATA_IS_STORED
        if size == 0:
            return bytes(self._block_size)  # a hole
        if size > self._block_size:
            raise InstallerError("it is damaged: one of its blocks is larger than a block can be")
        data = read_at(self._file, start, size, "data")
        return data if stored & _DATA_IS_STORED else self._unpack(data, self._block_size)

    def metadata_block(self, start: int) -> tuple[bytes, int]:
        """Unpack the block of metadata at *start*, and say where the next one starts."""
        self._metadata_left -= 1
        if self._metadata_left < 0:
            raise InstallerError("its folders are senselessly large or deep")
        place = self._start + start
        (stored,) = struct.unpack("<H", read_at(self._file, place, 2, "metadata"))
        size = stored & ~_METADATA_IS_STORED
        data = read_at(self._file, place + 2, size, "metadata")
        unpacked = data if stored & _METADATA_IS_STORED else self._unpack(data, _METADATA_SIZE)
        if not unpacked:
            raise InstallerError("it is damaged: one of its blocks of metadata is empty")
        return unpacked, start + 2 + size


class _Metadata:
    """A place in the metadata from which to read on, over the borders of blocks."""

    def __init__(self, file_system: SquashFs, block: int, offset: int) -> None:
        self._file_system = file_system
        data, self._next_block = file_system.metadata_block(block)
        self._data = data[offset:]

    def read(self, size: int) -> bytes:
        while len(self._data) < size:
            data, self._next_block = self._file_system.metadata_block(self._next_block)
            self._data += data
        taken, self._data = self._data[:size], self._data[size:]
        return taken

    def unpack(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(layout, self.read(struct.calcsize(layout)))

"""A writer of our own for APFS, which no tool outside macOS fills: a container, a volume, and its files in a tree.

Source: Apple's File System Reference (2020-06-22).
"""

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

BLOCK = 4096
RECORDS_PER_NODE = 8  # so that a few files make a tree of several levels
ROOT_FOLDER = 2
RING = range(1, 9)  # blocks of the checkpoints

_INODE, _ATTRIBUTE, _EXTENT, _NAME = 3, 4, 8, 9
_FOLDER, _FILE, _LINK = 4, 8, 10
_ROOT, _LEAF, _FIXED_SIZES = 1, 2, 4

_Records = list[tuple[bytes, bytes]]


@dataclass(frozen=True, kw_only=True)
class CompressedFile:
    """How a compressed file is kept."""

    decmpfs: bytes
    resource_fork: bytes = b""
    is_embedded: bool = False  # the resource fork is in its attribute


class ApfsContainer:
    """A container with one volume; files are added, and then it is given as bytes."""

    def __init__(self, *, hashed_names: bool = True, extent_size: int = BLOCK) -> None:
        self._blocks: dict[int, bytes] = {}
        self._free = count(RING.stop)
        self._numbers = count(16)
        self._records: dict[tuple[int, int, bytes], bytes] = {}
        self._hashed_names = hashed_names
        self._extent_size = extent_size  # bytes, whole blocks

    def add_folder(
        self, folder: Path, compressed: Mapping[str, CompressedFile] | None = None, number: int = ROOT_FOLDER
    ) -> None:
        """Add all that is in *folder*; files whose names are in *compressed* are kept as that says."""
        for path in folder.iterdir():
            own = next(self._numbers)
            if path.is_symlink():
                self._add_name(number, path.name, own, _LINK)
                self._add_attribute(own, "com.apple.fs.symlink", os.fsencode(path.readlink()) + b"\0")
            elif path.is_dir():
                self._add_name(number, path.name, own, _FOLDER)
                self.add_folder(path, compressed, own)
            else:
                self._add_name(number, path.name, own, _FILE)
                self._add_file(own, path.read_bytes(), (compressed or {}).get(path.name))

    def image(self, *, flags: int = 1, is_first_block_old: bool = False) -> bytes:
        """Give the bytes of the container; *flags* are the volume's, of which 1 means that it is not encrypted.

        Where the first block is old, the newest state is that of a later checkpoint, after which one more was begun.
        """
        volume_map, root = self._write_tree()
        volume = bytearray(BLOCK)
        volume[32:36] = b"APSB"
        struct.pack_into("<Q", volume, 56, 1 if self._hashed_names else 0)
        struct.pack_into("<QQ", volume, 128, volume_map, root)
        struct.pack_into("<Q", volume, 264, flags)
        container_map = self._write_object_map({1026: self._write(_object(volume, 1026))})
        newest = _superblock(container_map, transaction=2)
        if is_first_block_old:
            self._blocks[0] = _superblock(0, transaction=1)
            self._blocks[RING[2]] = _object(bytearray(BLOCK), 7, transaction=2)  # the checkpoint's map
            self._blocks[RING[3]] = newest
            self._blocks[RING[4]] = _superblock(0, transaction=3)[:-1] + b"!"  # was not finished
        else:
            self._blocks[0] = newest
        return b"".join(self._blocks.get(number, bytes(BLOCK)) for number in range(next(self._free)))

    def _add_name(self, folder: int, name: str, number: int, kind: int) -> None:
        text = name.encode() + b"\0"
        size = struct.pack("<I", 0xABCDE << 10 | len(text)) if self._hashed_names else struct.pack("<H", len(text))
        self._records[folder, _NAME, size + text] = struct.pack("<QQH", number, 0, kind)

    def _add_file(self, number: int, content: bytes, compressed: CompressedFile | None) -> None:
        inode = bytearray(92)
        struct.pack_into("<QQ", inode, 0, 0, number)
        if compressed is None:
            self._add_extents(number, content)
            name = b"a name".ljust(8, b"\0")
            fields = struct.pack("<2H", 2, 48) + struct.pack("<BBHBBH", 4, 0, len(name) - 1, 8, 0, 40)
            inode += fields + name + struct.pack("<5Q", len(content), 0, 0, 0, 0)
        else:
            struct.pack_into("<I", inode, 68, 0x20)
            self._add_attribute(number, "com.apple.decmpfs", compressed.decmpfs)
            self._add_resource_fork(number, compressed)
        self._records[number, _INODE, b""] = bytes(inode)

    def _add_resource_fork(self, number: int, compressed: CompressedFile) -> None:
        fork, name = compressed.resource_fork, "com.apple.ResourceFork"
        if compressed.is_embedded:
            self._add_attribute(number, name, fork)
        elif fork:
            stream = next(self._numbers)
            self._add_extents(stream, fork)
            self._add_attribute(number, name, struct.pack("<6Q", stream, len(fork), 0, 0, 0, 0), flags=1)

    def _add_attribute(self, number: int, name: str, content: bytes, flags: int = 2) -> None:
        text = name.encode() + b"\0"
        key = struct.pack("<H", len(text)) + text
        self._records[number, _ATTRIBUTE, key] = struct.pack("<HH", flags, len(content)) + content

    def _add_extents(self, stream: int, content: bytes) -> None:
        """Write the content in extents; those of zeros are not written."""
        for start in range(0, len(content), self._extent_size):
            extent = content[start : start + self._extent_size]
            blocks = [extent[place : place + BLOCK] for place in range(0, len(extent), BLOCK)]
            first, *_ = map(self._write, blocks) if any(extent) else (0,)
            self._records[stream, _EXTENT, struct.pack("<Q", start)] = struct.pack(
                "<QQQ", len(blocks) * BLOCK, first, 0
            )

    def _write_tree(self) -> tuple[int, int]:
        """Write the tree of files, and give the block of its object map and the number of its root."""
        records = [
            (struct.pack("<Q", kind << 60 | number) + rest, value)
            for (number, kind, rest), value in sorted(self._records.items())
        ]
        places: dict[int, int] = {}
        numbers = count(2000)
        level = 0
        while len(records) > RECORDS_PER_NODE:
            records = [
                self._write_node(next(numbers), records[start : start + RECORDS_PER_NODE], level, places)
                for start in range(0, len(records), RECORDS_PER_NODE)
            ]
            level += 1
        root = next(numbers)
        self._write_node(root, records, level, places, is_root=True)
        return self._write_object_map(places), root

    def _write_node(
        self, number: int, records: _Records, level: int, places: dict[int, int], *, is_root: bool = False
    ) -> tuple[bytes, bytes]:
        """Write a node, and give its record in the index."""
        flags = (_ROOT if is_root else 0) | (_LEAF if level == 0 else 0)
        places[number] = self._write(_object(_node(records, flags, level), number))
        return records[0][0] if records else b"", struct.pack("<Q", number)

    def _write_object_map(self, places: Mapping[int, int]) -> int:
        records = [
            (struct.pack("<QQ", number, 1), struct.pack("<IIQ", 0, BLOCK, at)) for number, at in sorted(places.items())
        ]
        leaves = [records[start : start + 64] for start in range(0, len(records), 64)]
        index = [
            (leaf[0][0], struct.pack("<Q", self._write(_object(_node(leaf, _LEAF | _FIXED_SIZES, 0), 0))))
            for leaf in leaves
        ]
        root = self._write(_object(_node(index, _ROOT | _FIXED_SIZES, 1), 0))
        object_map = bytearray(BLOCK)
        struct.pack_into("<Q", object_map, 48, root)
        return self._write(_object(object_map, 0))

    def _write(self, content: bytes) -> int:
        number = next(self._free)
        self._blocks[number] = content.ljust(BLOCK, b"\0")
        return number


def _superblock(object_map: int, transaction: int) -> bytes:
    block = bytearray(BLOCK)
    block[32:36] = b"NXSB"
    struct.pack_into("<I", block, 36, BLOCK)
    struct.pack_into("<I", block, 104, len(RING))
    struct.pack_into("<Q", block, 112, RING.start)
    struct.pack_into("<I", block, 128, 2)
    struct.pack_into("<Q", block, 160, object_map)
    struct.pack_into("<Q", block, 184, 1026)
    return _object(block, 1, transaction)


def _node(records: _Records, flags: int, level: int) -> bytearray:
    block = bytearray(BLOCK)
    values_end = BLOCK - (40 if flags & _ROOT else 0)
    table, keys, values = b"", b"", b""
    for key, value in records:
        values = value + values
        if flags & _FIXED_SIZES:
            table += struct.pack("<HH", len(keys), len(values))
        else:
            table += struct.pack("<4H", len(keys), len(key), len(values), len(value))
        keys += key
    struct.pack_into("<HHIHH", block, 32, flags, level, len(records), 0, len(table))
    assert 56 + len(table) + len(keys) + len(values) <= values_end, "a node is full: write less"
    block[56 : 56 + len(table) + len(keys)] = table + keys
    block[values_end - len(values) : values_end] = values
    return block


def _object(block: bytearray, number: int, transaction: int = 2) -> bytes:
    """Fill in the header, of which the checksum is the first part."""
    struct.pack_into("<QQ", block, 8, number, transaction)
    low = high = 0
    for (word,) in struct.iter_unpack("<I", block[8:]):
        low += word
        high += low
    modulus = 0xFFFFFFFF
    first = modulus - (low + high) % modulus
    struct.pack_into("<II", block, 0, first, modulus - (low + first) % modulus)
    return bytes(block)

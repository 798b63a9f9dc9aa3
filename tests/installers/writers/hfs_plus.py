"""HFS+ volumes: real ones by xorriso, and small ones by a writer of our own for what xorriso does not write."""

import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

BLOCK = 512
NODE = 8192
ROOT = 2
DATA_FORK, RESOURCE_FORK = 0x00, 0xFF


def xorriso_disk(folder: Path) -> bytes:
    """Let xorriso write what is in *folder* as HFS+, in a partition of Apple's map."""
    image = folder.parent / "hfs-plus.img"
    subprocess.run(
        ["xorriso", "-as", "mkisofs", "-quiet", "-hfsplus", "-o", image, folder],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return image.read_bytes()


@dataclass(frozen=True, kw_only=True)
class HfsFile:
    """A file to be written; its forks are in pieces of one block each, so that long ones overflow their record."""

    content: bytes = b""
    resource_fork: bytes = b""
    decmpfs: bytes | None = None  # the attribute of a compressed file


class HfsPlusVolume:
    """A volume whose trees have one leaf each."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = [bytes(BLOCK)] * 4  # the header is in the third
        self._catalog: dict[tuple[int, str], bytes] = {}
        self._overflow: dict[tuple[int, int, int], bytes] = {}
        self._attributes: dict[tuple[int, str], bytes] = {}
        self._folders: dict[PurePosixPath, int] = {PurePosixPath(): ROOT}
        self._next_number = 16

    def add(self, path: str, file: HfsFile) -> None:
        """Write a file, and the folders that it is in."""
        folder, name = self._folder(PurePosixPath(path).parent), PurePosixPath(path).name
        number = self._number()
        record = bytearray(248)
        struct.pack_into(">H6xI", record, 0, 2, number)
        record[41] = 0x20 if file.decmpfs is not None else 0
        record[88:168] = self._fork(file.content, number, DATA_FORK)
        record[168:248] = self._fork(file.resource_fork, number, RESOURCE_FORK)
        self._catalog[folder, name] = bytes(record)
        if file.decmpfs is not None:
            self._attributes[number, "com.apple.other"] = struct.pack(">I8xI", 0x10, 5) + b"other"
            attribute = struct.pack(">I8xI", 0x10, len(file.decmpfs)) + file.decmpfs
            self._attributes[number, "com.apple.decmpfs"] = attribute

    def image(self) -> bytes:
        """Give the bytes of the volume."""
        catalog = _tree(
            {struct.pack(">I", folder) + _text(name): data for (folder, name), data in self._catalog.items()}
        )
        attributes = _tree(
            {struct.pack(">2xII", file, 0) + _text(name): data for (file, name), data in self._attributes.items()}
        )
        overflow = _tree({struct.pack(">BxII", kind, file, at): d for (file, kind, at), d in self._overflow.items()})
        header = bytearray(512)
        struct.pack_into(">2sH", header, 0, b"H+", 4)
        struct.pack_into(">I", header, 40, BLOCK)
        for place, tree in ((192, overflow), (272, catalog), (352, attributes)):
            header[place : place + 80] = self._whole_fork(tree)
        self._blocks[2] = bytes(header)
        return b"".join(self._blocks)

    def _number(self) -> int:
        self._next_number += 1
        return self._next_number

    def _folder(self, path: PurePosixPath) -> int:
        if path not in self._folders:
            number = self._folders[path] = self._number()
            parent = self._folder(path.parent)
            self._catalog[parent, path.name] = struct.pack(">H6xI", 1, number).ljust(88, b"\0")
            self._catalog[number, ""] = struct.pack(">H2xI", 3, parent) + _text(path.name)  # its thread
        return self._folders[path]

    def _append(self, content: bytes) -> int:
        self._blocks += (content[start : start + BLOCK].ljust(BLOCK, b"\0") for start in range(0, len(content), BLOCK))
        return -(-len(content) // BLOCK)

    def _whole_fork(self, content: bytes) -> bytes:
        first = len(self._blocks)
        count = self._append(content)
        return struct.pack(">Q4x3I", len(content), count, first, count).ljust(80, b"\0")

    def _fork(self, content: bytes, file: int, kind: int) -> bytes:
        extents = []
        for start in range(0, len(content), BLOCK):
            extents.append(struct.pack(">II", len(self._blocks), 1))
            self._append(content[start : start + BLOCK])
            self._append(b"gap")
        for first in range(8, len(extents), 8):
            self._overflow[file, kind, first] = b"".join(extents[first : first + 8]).ljust(64, b"\0")
        return (struct.pack(">Q4xI", len(content), len(extents)) + b"".join(extents[:8])).ljust(80, b"\0")


def _text(name: str) -> bytes:
    return struct.pack(">H", len(name)) + name.encode("utf-16-be")


def _tree(records: dict[bytes, bytes]) -> bytes:
    """Write a tree of one leaf; keys of one tree sort as their bytes do, as long as names are of one case."""
    header = struct.pack(">IIbBH2x", 0, 0, 1, 0, 3)
    header += struct.pack(">HIIIIHHII", 1, 1, len(records), 1, 1, NODE, 516, 2, 0)
    leaf = bytearray(struct.pack(">IIbBH2x", 0, 0, -1, 1, len(records)))
    starts = []
    for key, data in sorted(records.items()):
        starts.append(len(leaf))
        leaf += struct.pack(">H", len(key)) + key + data
    starts.append(len(leaf))
    table = struct.pack(f">{len(starts)}H", *reversed(starts))
    assert len(leaf) + len(table) <= NODE, "a leaf is full: write less"
    return header.ljust(NODE, b"\0") + bytes(leaf).ljust(NODE - len(table), b"\0") + table

"""OLE compound files, the small file systems that Windows Installer databases are kept in.

Reads the top-level streams by name, by position: of a 300 MB file only the directory and the streams asked for.
Every chain of sectors is bounded by the length it should have, so one that bites its own tail ends.
Source of the layout: Microsoft's [MS-CFB].
"""

import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.bounded_reading import read_at, require_size

__all__ = ["MAGIC", "CompoundFile"]

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_DIRECTORY_SIZE = 4 << 20  # bytes, 128 for each entry
MAX_SMALL_STREAMS_SIZE = 32 << 20  # bytes of all streams under 4 KiB together
MAX_TABLE_SECTORS = 1 << 16  # enough for 4 GiB

_FREE, _LAST_SECTOR = 0xFFFFFFFF, 0xFFFFFFFA
_STREAM, _ROOT = 2, 5
_HEADER_SIZE, _SMALL_SECTOR_SIZE = 512, 64
_ENTRY = struct.Struct("<64sHBx3I36xIQ")


class _Entry(NamedTuple):
    """A stream or a storage in the directory, which is a tree of entry numbers."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int  # its first sector
    size: int  # bytes


class CompoundFile:
    """A compound file, open for reading."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the directory.

        Raises:
            IncompleteInstallerError: the file ends before its last sector.
            InstallerError: it is no compound file, or a damaged one.
        """
        self._file = file
        header = read_at(file, 0, _HEADER_SIZE, "header")
        magic, version, shift = struct.unpack_from("<8s18xH2xH", header)
        if magic != MAGIC or (version, shift) not in ((3, 9), (4, 12)):
            raise InstallerError("it is no compound file")
        self._sector_size = 1 << shift
        self._table = self._table_sectors(header)
        self._require_whole()
        directory, self._small_limit, small_table = struct.unpack_from("<I4x2I", header, 48)
        self._entries = self._read_directory(directory)
        root = self._entries[0]
        self._small_table = self._chain(self._table, small_table, MAX_DIRECTORY_SIZE // self._sector_size)
        self._small_sectors = self._sectors_of(root.start, min(root.size, MAX_SMALL_STREAMS_SIZE))
        self._streams = {entry.name: entry for entry in self._siblings(root.child) if entry.kind == _STREAM}

    def read(self, name: str, limit: int) -> bytes | None:
        """Read a whole top-level stream, `None` when there is none of that name.

        Raises:
            InstallerError: it is longer than *limit* bytes, or damaged.
        """
        if (stream := self._streams.get(name)) is None:
            return None
        if stream.size > limit:
            raise InstallerError(f"one of its streams claims to be {stream.size} bytes long, which no real one is")
        if stream.size < self._small_limit:
            sectors = self._chain(self._small_table, stream.start, -(-stream.size // _SMALL_SECTOR_SIZE))
            data = b"".join(map(self._small_sector, sectors))
        else:
            data = b"".join(map(self._sector, self._sectors_of(stream.start, stream.size)))
        if len(data) < stream.size:
            raise InstallerError("it is damaged: one of its streams is shorter than its directory says")
        return data[: stream.size]

    def _table_sectors(self, header: bytes) -> list[int]:
        """List the sectors of the allocation table: up to 109 in the header, the rest in a chain of sectors."""
        count, following = struct.unpack_from("<I20xI", header, 44)
        if count > MAX_TABLE_SECTORS:
            raise InstallerError(f"it is damaged: its allocation table claims {count} sectors")
        sectors = list(struct.unpack_from("<109I", header, 76))
        while len(sectors) < count:
            *more, following = self._numbers(following)
            sectors += more
        return sectors[:count]

    def _require_whole(self) -> None:
        """Find the last sector in use, from the end of the allocation table; it may be written only in part."""
        for index in range(len(self._table) - 1, -1, -1):
            following = self._numbers(self._table[index])
            used = [place for place, number in enumerate(following) if number != _FREE]
            if used:
                last = index * len(following) + used[-1]
                require_size(self._file, (last + 1) * self._sector_size + 1, "last sector")
                return

    def _read_directory(self, start: int) -> list[_Entry]:
        data = b"".join(map(self._sector, self._sectors_of(start, MAX_DIRECTORY_SIZE)))
        entries = [self._entry(*fields) for fields in _ENTRY.iter_unpack(data[: len(data) // 128 * 128])]
        if not entries or entries[0].kind != _ROOT:
            raise InstallerError("it is damaged: its directory has no root")
        return entries

    def _entry(self, name: bytes, name_size: int, kind: int, *rest: int) -> _Entry:
        left, right, child, start, size = rest
        # Version 3 leaves the upper half of a size undefined.
        size = size & 0xFFFFFFFF if self._sector_size == 512 else size
        return _Entry(
            name[: max(name_size, 2) - 2].decode("utf-16-le", "replace"), kind, left, right, child, start, size
        )

    def _siblings(self, number: int) -> Iterator[_Entry]:
        """Walk the tree that *number* is the root of; what is inside a storage is not part of it."""
        seen: set[int] = set()
        waiting = [number]
        while waiting:
            number = waiting.pop()
            if number not in seen and number < len(self._entries):
                seen.add(number)
                entry = self._entries[number]
                waiting += (entry.left, entry.right)
                yield entry

    def _sectors_of(self, start: int, size: int) -> list[int]:
        return self._chain(self._table, start, -(-size // self._sector_size))

    def _chain(self, table: Sequence[int], start: int, most: int) -> list[int]:
        """Follow a chain through a table, which is kept in sectors of its own, for *most* steps."""
        per_sector = self._sector_size // 4
        loaded: dict[int, tuple[int, ...]] = {}
        chain: list[int] = []
        while start <= _LAST_SECTOR and len(chain) < most:
            chain.append(start)
            index, place = divmod(start, per_sector)
            if index >= len(table):
                raise InstallerError("it is damaged: a chain of sectors leaves its allocation table")
            if index not in loaded:
                loaded[index] = self._numbers(table[index])
            start = loaded[index][place]
        return chain

    def _numbers(self, sector: int) -> tuple[int, ...]:
        data = read_at(self._file, (sector + 1) * self._sector_size, self._sector_size, "allocation table")
        return struct.unpack(f"<{self._sector_size // 4}I", data)

    def _sector(self, sector: int) -> bytes:
        self._file.seek((sector + 1) * self._sector_size)
        return self._file.read(self._sector_size)

    def _small_sector(self, sector: int) -> bytes:
        index, offset = divmod(sector * _SMALL_SECTOR_SIZE, self._sector_size)
        if index >= len(self._small_sectors):
            raise InstallerError("it is damaged: a small stream leaves the place of small streams")
        return self._sector(self._small_sectors[index])[offset : offset + _SMALL_SECTOR_SIZE]

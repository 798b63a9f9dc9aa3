"""The B-trees of HFS+, in which its catalog, its attributes and the rest of its extents are kept.

Finds records by key through the index, and then walks along the leaves. Source: Apple's Technical Note TN1150.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import dropwhile

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.ranges import ReadRange

__all__ = ["HfsPlusTree", "Key"]

MAX_DEPTH = 16
MAX_NODES = 20_000  # that are visited
MAX_RECORDS = 200_000  # that are visited

_LEAF, _INDEX = -1, 0

Key = tuple[int, ...]
_Record = tuple[Key, memoryview, memoryview]


class HfsPlusTree:
    """One tree; *key_of* gives the part of a record's key that is to be compared, without the length before it."""

    def __init__(self, read: ReadRange, key_of: Callable[[memoryview], Key]) -> None:
        self._read = read
        self._key_of = key_of
        self._root, self._node_size = struct.unpack_from(">16xI12xH", read(0, 48))
        self._nodes_left, self._records_left = MAX_NODES, MAX_RECORDS
        if not 512 <= self._node_size <= 32768:
            raise InstallerError("its HFS+ volume is damaged: the size of a tree's nodes is senseless")

    def records(self, key: Key) -> Iterator[tuple[memoryview, memoryview]]:
        """Give the records from *key* on, in order: the whole key, and what is kept under it."""
        node = self._first_leaf(key)
        for _, raw_key, data in dropwhile(lambda record: record[0] < key, self._leaves(node)):
            yield raw_key, data

    def _first_leaf(self, key: Key) -> int:
        """Go down to the leaf in which *key* is, or would be, or which is just before it."""
        number: int = self._root
        for _ in range(MAX_DEPTH):
            kind, _, records = self._node(number)
            if kind == _LEAF:
                return number
            if kind != _INDEX or not records:
                break
            before = [data for own, _, data in records if own < key] or [records[0][2]]
            (number,) = struct.unpack_from(">I", before[-1])
        raise InstallerError("its HFS+ volume is damaged: the index of a tree leads nowhere")

    def _leaves(self, number: int) -> Iterator[_Record]:
        while number:
            kind, number, records = self._node(number)
            if kind != _LEAF:
                raise InstallerError("its HFS+ volume is damaged: a leaf of a tree is none")
            yield from records

    def _node(self, number: int) -> tuple[int, int, list[_Record]]:
        """Read a node: its kind, the number of the next one, and its records."""
        node = memoryview(self._read(number * self._node_size, self._node_size))
        following, kind, count = struct.unpack_from(">I4xbxH", node)
        self._nodes_left -= 1
        self._records_left -= count
        if self._nodes_left < 0 or self._records_left < 0:
            raise InstallerError("its HFS+ volume has senselessly large folders, or is damaged")
        if 2 * count > self._node_size:
            raise InstallerError("its HFS+ volume is damaged: a node has more records than room")
        starts = struct.unpack_from(f">{count}H", node, self._node_size - 2 * count)
        return kind, following, [self._record(node, start) for start in reversed(starts)]

    def _record(self, node: memoryview, start: int) -> _Record:
        (size,) = struct.unpack_from(">H", node, start)
        key = node[start + 2 : start + 2 + size]
        return self._key_of(key), key, node[start + 2 + size :]

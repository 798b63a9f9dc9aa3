"""The B-trees of APFS: its object map, and the tree of a volume's files.

Finds records by key through the index. A tree knows its nodes only by number; what turns a number into a node is the
caller's. Source: Apple's File System Reference (2020-06-22).
"""

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from ota_dev.errors import InstallerError

__all__ = ["ApfsTree", "Key"]

MAX_DEPTH = 16
MAX_NODES = 20_000  # that are visited

Key = tuple[int, int]
_Record = tuple[bytes, bytes]  # the whole key, and the value


class ApfsTree:
    """One tree; *read_node* gives a node's bytes by its number, *key_of* the part of a key that is compared."""

    def __init__(self, read_node: Callable[[int], bytes], root: int, key_of: Callable[[bytes], Key]) -> None:
        self._read_node = read_node
        self._root = root
        self._key_of = key_of
        self._nodes_left = MAX_NODES

    def records(self, key: Key) -> Iterator[_Record]:
        """Give all records under this key, in order."""
        return self._records(self._root, key, MAX_DEPTH)

    def last_up_to(self, key: Key) -> _Record | None:
        """Give the last record whose key is this one or comes before it, `None` when there is none."""
        number: int = self._root
        for _ in range(MAX_DEPTH):
            node = self._node(number)
            place = bisect_right(node, key) - 1
            if place < 0:
                return None
            if node.is_leaf:
                return node.record(place)
            number = node.child(place)
        raise InstallerError(_TOO_DEEP)

    def _records(self, number: int, key: Key, depth: int) -> Iterator[_Record]:
        if depth == 0:
            raise InstallerError(_TOO_DEEP)
        node = self._node(number)
        first, end = bisect_left(node, key), bisect_right(node, key)
        if node.is_leaf:
            yield from map(node.record, range(first, end))
            return
        # What is under the key may begin within the child before the first one that begins with it.
        for place in range(max(first - 1, 0), end):
            yield from self._records(node.child(place), key, depth - 1)

    def _node(self, number: int) -> "_Node":
        self._nodes_left -= 1
        if self._nodes_left < 0:
            raise InstallerError("its APFS volume has senselessly large folders, or is damaged")
        return _Node(self._read_node(number), self._key_of)


_TOO_DEEP = "its APFS volume is damaged: a tree is senselessly deep"
_ROOT, _LEAF, _FIXED_SIZES = 0x1, 0x2, 0x4  # flags of a node
_HEADER_SIZE = 56
_ROOT_TRAILER_SIZE = 40
_FIXED_KEY_SIZE = _FIXED_VALUE_SIZE = 16  # the object map is the only tree with fixed sizes that is read here
_CHILD_SIZE = 8


class _Node:
    """A node as the sequence of its keys: places of keys count from the header, those of values back from the end."""

    def __init__(self, block: bytes, key_of: Callable[[bytes], Key]) -> None:
        self._block = block
        self._key_of = key_of
        self._count: int
        flags, self._count, table_start, table_size = struct.unpack_from("<H2xI2H", block, 32)
        self.is_leaf = bool(flags & _LEAF)
        self._has_fixed_sizes = bool(flags & _FIXED_SIZES)
        self._table = _HEADER_SIZE + table_start
        self._keys = self._table + table_size
        self._values_end = len(block) - (_ROOT_TRAILER_SIZE if flags & _ROOT else 0)
        if self._count * (4 if self._has_fixed_sizes else 8) > table_size:
            raise InstallerError("its APFS volume is damaged: a node has more records than room")

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> Key:
        return self._key_of(self.record(place)[0])

    def record(self, place: int) -> _Record:
        """Give the whole key and the value at this place."""
        if self._has_fixed_sizes:
            key, value = struct.unpack_from("<2H", self._block, self._table + 4 * place)
            key_size, value_size = _FIXED_KEY_SIZE, _FIXED_VALUE_SIZE if self.is_leaf else _CHILD_SIZE
        else:
            key, key_size, value, value_size = struct.unpack_from("<4H", self._block, self._table + 8 * place)
        key, value = self._keys + key, max(self._values_end - value, 0)
        return self._block[key : key + key_size], self._block[value : value + value_size]

    def child(self, place: int) -> int:
        """Give the number of the node at this place of the index."""
        return int.from_bytes(self.record(place)[1][:_CHILD_SIZE], "little")

"""The container of an APFS volume: which state of it is the newest, and in which block an object is.

Knows nothing of files. Source: Apple's File System Reference (2020-06-22).
"""

import struct
from collections.abc import Callable
from functools import cache

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.apfs_tree import ApfsTree, Key
from ota_dev.installers.dmg.ranges import ReadRange

__all__ = ["Container", "is_apfs"]

MAX_CHECKPOINT_BLOCKS = 4096

_BLOCK_SIZES = (4096, 8192, 16384, 32768, 65536)
_LAST_TRANSACTION = 2**64 - 1


def is_apfs(read: ReadRange) -> bool:
    """Tell whether an APFS container begins here."""
    return read(32, 4) == b"NXSB"


class Container:
    """An APFS container, read by blocks and by objects."""

    def __init__(self, read: ReadRange) -> None:
        self._read = read
        (self.block_size,) = struct.unpack("<I", read(36, 4))
        if self.block_size not in _BLOCK_SIZES:
            raise InstallerError("its APFS container is damaged: the size of its blocks is senseless")

    def block(self, number: int) -> bytes:
        """Read the block with this number."""
        return self._read(number * self.block_size, self.block_size)

    def objects(self, object_map: int) -> Callable[[int], bytes]:
        """Give what reads an object by its number, through the object map in the block *object_map*."""
        (root,) = struct.unpack_from("<Q", self.block(object_map), 48)
        tree = ApfsTree(self.block, root, _object_map_key)

        @cache
        def place(number: int) -> int:
            found = tree.last_up_to((number, _LAST_TRANSACTION))
            if found is None or _object_map_key(found[0])[0] != number:
                raise InstallerError("its APFS container is damaged: an object is missing")
            (block,) = struct.unpack_from("<Q", found[1], 8)
            return int(block)

        return lambda number: self.block(place(number))

    def volume(self) -> bytes:
        """Read the superblock of the first volume."""
        superblock = self._newest_superblock()
        (object_map,) = struct.unpack_from("<Q", superblock, 160)
        (number,) = struct.unpack_from("<Q", superblock, 184)
        volume = self.objects(object_map)(number)
        if volume[32:36] != b"APSB":
            raise InstallerError("its APFS container has no volume")
        return volume

    def _newest_superblock(self) -> bytes:
        """Give the superblock of the newest checkpoint: that of block 0, or one that follows it in the ring."""
        newest = self.block(0)
        (count,), (base,), (following,) = (
            struct.unpack_from(layout, newest, offset) for layout, offset in (("<I", 104), ("<Q", 112), ("<I", 128))
        )
        # A larger count is that of a ring in pieces, which only containers of large disks have.
        for step in range(count if count <= MAX_CHECKPOINT_BLOCKS else 0):
            block = self.block(base + (following + step) % count)
            if _transaction(block) <= _transaction(newest):
                break
            if block[32:36] == b"NXSB" and _has_valid_checksum(block):
                newest = block
        return newest


def _object_map_key(key: bytes) -> Key:
    number, transaction = struct.unpack("<QQ", key)
    return number, transaction


def _transaction(block: bytes) -> int:
    (transaction,) = struct.unpack_from("<Q", block, 16)
    return int(transaction)


def _has_valid_checksum(block: bytes) -> bool:
    """Check the checksum of Fletcher's kind that begins every object; a checkpoint that was not finished fails it."""
    low = high = 0
    modulus = 0xFFFFFFFF
    for (word,) in struct.iter_unpack("<I", block[8:]):
        low = (low + word) % modulus
        high = (high + low) % modulus
    first = modulus - (low + high) % modulus
    second = modulus - (low + first) % modulus
    return struct.unpack_from("<II", block) == (first, second)

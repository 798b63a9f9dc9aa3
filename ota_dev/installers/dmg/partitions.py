"""Where the volumes on a disk may begin: the partition map of a Mac or a GUID disk, or none at all.

Only places are read, no kinds: what is in a partition, its own first bytes say better.
"""

import struct

from ota_dev.installers.dmg.ranges import ReadRange

__all__ = ["begins_disk", "partition_starts"]

MAX_PARTITIONS = 128

_SECTOR = 512
_BLOCK_SIZES = (b"\x02\0", b"\x08\0")  # 512 and 2048 bytes, of an Apple partition map
_PROTECTIVE = b"\xee"  # the kind of the one partition that a GUID disk shows to older systems


def begins_disk(first: bytes) -> bool:
    """Tell whether the first bytes of something are those of a Mac disk: a partition map, or a volume without one."""
    is_apple_map = first.startswith(b"ER") and first[2:4] in _BLOCK_SIZES
    is_guid_map = first[510:512] == b"\x55\xaa" and first[450:451] == _PROTECTIVE
    is_volume = first[32:36] == b"NXSB" or first[:1026] in (bytes(1024) + b"H+", bytes(1024) + b"HX")
    return is_apple_map or is_guid_map or is_volume


def partition_starts(read: ReadRange) -> list[int]:
    """Give the offsets, in bytes, at which a volume may begin; the start of the disk itself is the last."""
    head = read(0, 2 * _SECTOR)
    starts: list[int] = []
    if head[_SECTOR:].startswith(b"EFI PART"):
        starts = _guid_partitions(read, head[_SECTOR:])
    elif head.startswith(b"ER") and head[2:4] in _BLOCK_SIZES:
        starts = _apple_partitions(read, block_size=int.from_bytes(head[2:4]))
    return list(dict.fromkeys((*starts, 0)))


def _guid_partitions(read: ReadRange, header: bytes) -> list[int]:
    table, count, size = struct.unpack_from("<Q2I", header, 72)
    count = min(count, MAX_PARTITIONS)
    if not 128 <= size <= 4096:
        return []
    entries = read(table * _SECTOR, count * size)
    kinds_and_starts = (struct.unpack_from("<16s16xQ", entries, place * size) for place in range(count))
    return [start * _SECTOR for kind, start in kinds_and_starts if kind != bytes(16)]


def _apple_partitions(read: ReadRange, block_size: int) -> list[int]:
    starts = []
    count = 1
    for place in range(MAX_PARTITIONS):
        if place >= count:
            break
        entry = read((place + 1) * block_size, 12)
        if not entry.startswith(b"PM"):
            break
        count, start = struct.unpack_from(">II", entry, 4)
        starts.append(start * block_size)
    return starts

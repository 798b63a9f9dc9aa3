"""Writers of our own for partition maps."""

import struct

SECTOR = 512
FIRST = 40 * SECTOR  # where the partition begins


def guid_disk(volume: bytes) -> bytes:
    """Put *volume* into the one partition of a GUID disk."""
    protective = struct.pack("<B3sB3sII", 0, b"\0\2\0", 0xEE, b"\xff\xff\xff", 1, 0xFFFFFFFF)
    boot_record = bytes(446) + protective.ljust(64, b"\0") + b"\x55\xaa"
    header = b"EFI PART".ljust(72, b"\0") + struct.pack("<QII", 2, 128, 128)
    last = (FIRST + len(volume)) // SECTOR - 1
    entry = b"HFS+ or APFS ...".ljust(16)[:16] + b"a unique number."[:16] + struct.pack("<QQ", FIRST // SECTOR, last)
    return (boot_record + header.ljust(SECTOR, b"\0") + entry).ljust(FIRST, b"\0") + volume


def apple_disk(volume: bytes) -> bytes:
    """Put *volume* into the second partition of a disk with Apple's map; the first is the map."""
    descriptor = b"ER" + struct.pack(">HI", SECTOR, (FIRST + len(volume)) // SECTOR)
    entries = [(1, 2, b"Apple_partition_map"), (FIRST // SECTOR, len(volume) // SECTOR, b"Apple_HFS")]
    partition_map = [
        (struct.pack(">2s2x3I", b"PM", len(entries), start, count).ljust(48, b"\0") + kind).ljust(SECTOR, b"\0")
        for start, count, kind in entries
    ]
    return (descriptor.ljust(SECTOR, b"\0") + b"".join(partition_map)).ljust(FIRST, b"\0") + volume


def bare_disk(volume: bytes) -> bytes:
    """Give *volume* as a disk without a partition map."""
    return volume

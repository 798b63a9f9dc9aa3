"""A writer of our own for UDIF, the shell of disk images; the disk inside comes from elsewhere."""

import plistlib
import struct

from tests.installers.writers.compression import ENCODERS

SECTOR = 512
KINDS = {"raw": 1, "ADC": 0x80000004, "zlib": 0x80000005, "bzip2": 0x80000006, "LZFSE": 0x80000007, "LZMA": 0x80000008}


def udif(disk: bytes, compression: str = "zlib", chunk_size: int = 64 * 1024) -> bytes:
    """Wrap *disk*; as hdiutil does, its first sector has a table of its own, and chunks of zeros are not stored."""
    data = bytearray()
    ranges = ((0, SECTOR), (SECTOR, len(disk)))
    tables = [_table(data, disk, range(start, end, chunk_size), compression) for start, end in ranges]
    chunk_map = plistlib.dumps({"resource-fork": {"blkx": [{"Data": table} for table in tables]}})
    return bytes(data) + chunk_map + trailer(len(data), len(data), len(chunk_map))


def trailer(data_size: int, map_offset: int, map_size: int, *, segments: int = 1) -> bytes:
    """Write the trailer."""
    end = bytearray(SECTOR)
    struct.pack_into(">4s3I", end, 0, b"koly", 4, SECTOR, 1)
    struct.pack_into(">QQ", end, 0x18, 0, data_size)
    struct.pack_into(">II", end, 0x38, 1, segments)
    struct.pack_into(">QQ", end, 0xD8, map_offset, map_size)
    return bytes(end)


def _table(data: bytearray, disk: bytes, places: range, compression: str) -> bytes:
    """Append a part of the disk, in chunks that begin at *places*, to *data*, and write the table of these chunks."""
    encode = ENCODERS.get(compression, bytes)
    entries = []
    for place in places:
        content = disk[place : min(place + places.step, places.stop)]
        packed = encode(content) if any(content) else b""
        kind = KINDS[compression] if packed else 0
        first, sectors = (place - places.start) // SECTOR, len(content) // SECTOR
        entries.append(struct.pack(">I4x4Q", kind, first, sectors, len(data), len(packed)))
        data += packed
    sectors = (places.stop - places.start) // SECTOR
    entries.append(struct.pack(">I4x4Q", 0xFFFFFFFF, sectors, 0, len(data), 0))
    header = struct.pack(">4sI3Q", b"mish", 1, places.start // SECTOR, sectors, 0)
    return header.ljust(200, b"\0") + struct.pack(">I", len(entries)) + b"".join(entries)

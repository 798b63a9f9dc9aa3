"""UDIF, the form of disk images: compressed chunks, and at the end of the file the trailer that leads to their map.

Reads the trailer and the map from the file; what the chunks hold is the disk's to read.
"""

import plistlib
import struct
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.apple_compression.lzfse import decode_lzfse
from ota_dev.installers.containers.compressed_blocks import unpack_bzip2, unpack_xz, unpack_zlib
from ota_dev.installers.dmg.disk import Chunk, Disk

__all__ = ["first_bytes", "is_encrypted", "is_trailer", "open_disk"]

TRAILER_SIZE = 512  # bytes
MAX_MAP_SIZE = 4 * 1024**2  # bytes of XML; enough for 19 GB in chunks of 256 KiB
MAX_FIRST_BYTES = 2048

_SECTOR = 512  # bytes
_NO_CHUNKS = (0x7FFFFFFE, 0xFFFFFFFF)  # in a table: a comment, and the end
_DECODERS_BY_MAGIC = {b"x": unpack_zlib, b"BZh": unpack_bzip2, b"bvx": decode_lzfse, b"\xfd7zXZ": unpack_xz}


def is_trailer(end: bytes) -> bool:
    """Tell whether the last bytes of a file are UDIF's trailer."""
    return end[-TRAILER_SIZE:].startswith(b"koly")


def is_encrypted(head_or_end: bytes) -> bool:
    """Tell whether the first or the last bytes of a file are those of an encrypted image; older ones end with it."""
    return head_or_end.startswith(b"encrcdsa") or head_or_end.endswith(b"cdsaencr")


def first_bytes(head: bytes) -> bytes:
    """Give the first bytes of the disk, from the first bytes of a file whose trailer may be lost.

    What is compressed is known by its magic; what is not, or is no image at all, is given as it is.
    """
    decode = next((decode for magic, decode in _DECODERS_BY_MAGIC.items() if head.startswith(magic)), None)
    try:
        return decode(head, MAX_FIRST_BYTES) if decode else head
    except InstallerError:
        return b""


def open_disk(file: BinaryIO, clock: Callable[[], float] = time.monotonic) -> Disk:
    """Find the chunks of the disk image *file*; *clock* counts seconds.

    Raises:
        IncompleteInstallerError: the trailer is missing, as in a file that is cut short.
        InstallerError: the image is encrypted, in several files, or damaged.
    """
    file_size = file.seek(0, 2)
    trailer = _trailer(file, file_size)
    (data_start,) = struct.unpack_from(">Q", trailer, 0x18)
    segments, map_offset, map_size = struct.unpack_from(">I152xQQ", trailer, 0x3C)
    if segments > 1:
        raise InstallerError("it is split into several files")
    if not 0 < map_size <= MAX_MAP_SIZE or map_offset + map_size > file_size:
        raise InstallerError("its disk image is damaged: the map of its chunks is not where it should be")
    file.seek(map_offset)
    chunks = list(_chunks(file.read(map_size), data_start))
    if any(chunk.file_end > file_size for chunk in chunks):
        raise InstallerError("its disk image is damaged: a chunk lies beyond the end of the file")
    return Disk(file, chunks, clock)


def _trailer(file: BinaryIO, file_size: int) -> bytes:
    file.seek(0)
    head = file.read(8)
    file.seek(max(0, file_size - TRAILER_SIZE))
    trailer = file.read(TRAILER_SIZE)
    if is_encrypted(head) or is_encrypted(trailer):
        raise InstallerError("it is encrypted")
    if not is_trailer(trailer):
        raise IncompleteInstallerError("it is cut short: the trailer at the end of the disk image is missing")
    return trailer


def _chunks(chunk_map: bytes, data_start: int) -> Iterator[Chunk]:
    for table in _tables(chunk_map):
        if table[:4] != b"mish":
            raise InstallerError("its disk image is damaged: a table of chunks does not begin as one")
        first_sector, _, data_offset = struct.unpack_from(">QQQ", table, 8)
        (count,) = struct.unpack_from(">I", table, 200)
        if count * 40 > len(table) - 204:
            raise InstallerError("its disk image is damaged: a table of chunks is too short")
        for kind, sector, sectors, offset, size in struct.iter_unpack(">I4x4Q", table[204 : 204 + 40 * count]):
            if kind not in _NO_CHUNKS and sectors:
                start = (first_sector + sector) * _SECTOR
                yield Chunk(start, sectors * _SECTOR, kind, data_start + data_offset + offset, size)


def _tables(chunk_map: bytes) -> list[bytes]:
    try:
        partitions = plistlib.loads(chunk_map, fmt=plistlib.FMT_XML)["resource-fork"]["blkx"]
        return [memoryview(partition["Data"]).tobytes() for partition in partitions]
    # The property list and XML libraries fail in many ways, and what they read may have any shape.
    except Exception as error:
        raise InstallerError(f"its disk image is damaged: the map of its chunks cannot be read ({error})") from error

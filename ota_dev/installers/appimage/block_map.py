"""The map of its blocks that electron-builder puts behind an AppImage: raw deflate, and its length in four bytes.

Source: `appImageUtil.ts` of electron-builder 26. Nothing marks it, so it counts only where it is one.
"""

import json
import zlib
from typing import BinaryIO

from ota_dev.installers.containers.bounded_reading import MAX_READ, read_at, size_of

__all__ = ["block_map_size"]

MAX_BLOCK_MAP = 16 << 20  # bytes, deflated: that of an AppImage of some 10 GB
_LENGTH = 4  # bytes


def block_map_size(file: BinaryIO) -> int | None:
    """Give the size of the deflated map in bytes, `None` where there is none; moves the position of *file*."""
    end = size_of(file) - _LENGTH
    if end < 0:
        return None
    size = int.from_bytes(read_at(file, end, _LENGTH, "end"), "big")
    if not 0 < size <= min(end, MAX_BLOCK_MAP):
        return None
    return size if _is_block_map(read_at(file, end - size, size, "map of blocks")) else None


def _is_block_map(deflated: bytes) -> bool:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = inflater.decompress(deflated, MAX_READ)
        if not inflater.eof or inflater.unused_data:
            return False
        document = json.loads(inflated)
    except (zlib.error, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "version" in document and "files" in document

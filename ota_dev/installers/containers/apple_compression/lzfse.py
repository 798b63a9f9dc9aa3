"""Decode LZFSE, Apple's compression of disk images and archives, in pure Python.

The packages on the index are native, and have no limit for what they unpack; the few chunks that ota-dev needs do not
miss their speed. Source of the format: the reference decoder, lzfse 1.0.

A stream is a row of blocks, each with four bytes of magic: `bvx-` stored, `bvxn` LZVN, `bvx2` LZFSE, `bvx$` the end.
"""

import struct

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.lzfse_block import decode_block
from ota_dev.installers.containers.apple_compression.lzvn import decode_lzvn

__all__ = ["decode_lzfse"]

# Blocks that are not the last are full, and those have some ten thousand bytes.
LEAST_BYTES_PER_BLOCK = 4096
MAX_SMALL_BLOCKS = 64


def decode_lzfse(data: bytes, limit: int) -> bytes:
    """Decode *data*, and stop after the first *limit* bytes.

    Raises:
        InstallerError: the data is damaged or cut short.
    """
    rest = memoryview(data)
    output = bytearray()
    for _ in range(MAX_SMALL_BLOCKS + limit // LEAST_BYTES_PER_BLOCK):
        magic = bytes(rest[:4])
        if len(output) >= limit or magic == b"bvx$":
            return bytes(output[:limit])
        if magic == b"bvx2":
            rest = rest[decode_block(rest, output) :]
        elif magic == b"bvxn":
            rest = rest[_decode_lzvn_block(rest, output, limit) :]
        elif magic == b"bvx-":
            rest = rest[_copy_block(rest, output) :]
        else:
            raise InstallerError("its compressed data is damaged: LZFSE has no such block")
    raise InstallerError("its compressed data has more LZFSE blocks than any encoder writes")


def _copy_block(block: memoryview, output: bytearray) -> int:
    (size,) = _unpack("<4xI", block)
    if len(block) < 8 + size:
        raise InstallerError(_CUT_SHORT)
    output += block[8 : 8 + size]
    return 8 + size


def _decode_lzvn_block(block: memoryview, output: bytearray, limit: int) -> int:
    size, packed_size = _unpack("<4xII", block)
    end = min(len(output) + size, limit)
    decode_lzvn(block[12 : 12 + packed_size], output, end)
    if len(output) < end:
        raise InstallerError(_CUT_SHORT)
    return 12 + packed_size


def _unpack(layout: str, block: memoryview) -> tuple[int, ...]:
    if len(block) < struct.calcsize(layout):
        raise InstallerError(_CUT_SHORT)
    return struct.unpack_from(layout, block)


_CUT_SHORT = "its compressed data is damaged: it ends within an LZFSE block"

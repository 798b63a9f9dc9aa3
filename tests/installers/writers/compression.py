"""Encoders of our own for what only Apple's tools write: valid, but they hardly compress."""

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import groupby

MIB = 1024**2


def adc(data: bytes) -> bytes:
    """Encode as ADC: runs of one byte as a match with itself, all else as literals."""
    return b"".join(_adc_operations(data))


def _adc_operations(data: bytes) -> Iterator[bytes]:
    for byte, run in groupby(data):
        count = len(list(run))
        yield bytes([0x80, byte])
        count -= 1
        while count >= 4:
            length = min(count, 67)
            yield bytes([0x40 | length - 4, 0, 0])
            count -= length
        if count:
            yield bytes([0x80 | count - 1]) + bytes([byte] * count)


def lzvn(data: bytes) -> bytes:
    """Encode as LZVN: literals only, and the mark of the end."""
    parts = (data[start : start + 271] for start in range(0, len(data), 271))
    literals = (_lzvn_literals(part) for part in parts)
    return b"".join(literals) + b"\x06" + bytes(7)


def _lzvn_literals(part: bytes) -> bytes:
    return (bytes([0xE0, len(part) - 16]) if len(part) >= 16 else bytes([0xE0 | len(part)])) + part


def lzfse(data: bytes) -> bytes:
    """Encode as LZFSE: a block of LZVN, a stored one, and the end."""
    half = len(data) // 2
    packed = lzvn(data[:half])
    in_lzvn = b"bvxn" + struct.pack("<II", half, len(packed)) + packed
    return in_lzvn + b"bvx-" + struct.pack("<I", len(data) - half) + data[half:] + b"bvx$"


def xz(data: bytes) -> bytes:
    """Encode as xz, with the small dictionary that hdiutil uses too."""
    return lzma.compress(data, preset=1)


def blocks(magic: bytes, encode: Callable[[bytes], bytes], data: bytes, block_size: int = 64 * 1024) -> bytes:
    """Encode as Apple's stream of blocks, of which those that do not become smaller are stored."""
    plain = (data[start : start + block_size] for start in range(0, len(data), block_size))
    return b"".join((magic, struct.pack(">Q", block_size), *(_block(block, encode) for block in plain)))


def _block(plain: bytes, encode: Callable[[bytes], bytes]) -> bytes:
    packed = min(encode(plain), plain, key=len)
    return struct.pack(">QQ", len(plain), len(packed)) + packed


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "ADC": adc,
    "zlib": zlib.compress,
    "bzip2": bz2.compress,
    "LZFSE": lzfse,
    "LZMA": xz,
}

"""Blocks that were compressed one by one, each unpacked at once, with a limit and with one kind of error; pure."""

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import Protocol

from ota_dev.errors import InstallerError

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor, ZstdError
else:
    from backports.zstd import ZstdDecompressor, ZstdError

__all__ = ["UNPACKING_ERRORS", "UnpackBlock", "unpack_bzip2", "unpack_xz", "unpack_zlib", "unpack_zstd"]

UNPACKING_ERRORS = (zlib.error, lzma.LZMAError, OSError, EOFError, ZstdError)  # OSError is what bz2 raises

MAX_MEMORY = 80 * 1024**2  # bytes; the strongest preset of xz needs 65 MiB, and zstd bounds itself

# Gives what a block unpacks to, up to so many bytes.
UnpackBlock = Callable[[bytes, int], bytes]


class _Decompressor(Protocol):
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def unpack_zlib(block: bytes, limit: int) -> bytes:
    """Unpack deflated data in zlib's frame, or without it, as Apple's library writes it."""
    # The frame's first half byte is 8; deflate alone would begin a stored block with padding that nothing writes.
    framed = bool(block) and block[0] & 0x0F == 8
    return _unpack(zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS), block, limit)


def unpack_bzip2(block: bytes, limit: int) -> bytes:
    """Unpack a bzip2 stream."""
    return _unpack(bz2.BZ2Decompressor(), block, limit)


def unpack_xz(block: bytes, limit: int) -> bytes:
    """Unpack an xz stream."""
    return _unpack(lzma.LZMADecompressor(lzma.FORMAT_XZ, MAX_MEMORY), block, limit)


def unpack_zstd(block: bytes, limit: int) -> bytes:
    """Unpack a zstd frame."""
    return _unpack(ZstdDecompressor(), block, limit)


def _unpack(decompressor: _Decompressor, block: bytes, limit: int) -> bytes:
    if limit <= 0:  # which zlib takes for no limit
        return b""
    try:
        return decompressor.decompress(block, limit)
    except UNPACKING_ERRORS as error:
        raise InstallerError(f"it is damaged: one of its compressed blocks cannot be unpacked: {error}") from error

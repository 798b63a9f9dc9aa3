"""The compressions that archives come in, told apart by their first bytes: gzip, bzip2, xz, lzma and zstd; pure.

Each is a way to make a decompressor that unpacks piece by piece, within `MAX_MEMORY`.
"""

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import NamedTuple, Protocol

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor
else:
    from backports.zstd import ZstdDecompressor

__all__ = ["LONGEST_MAGIC", "Compression", "compression_of"]

LONGEST_MAGIC = 13  # bytes
MAX_MEMORY = 256 * 1024**2  # bytes; the strongest preset of xz needs 65 MiB, and zstd bounds itself to 128 MiB


class _Decompressor(Protocol):
    """What the decompressors of `bz2`, `lzma` and `zstd` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _GzipDecompressor:
    """The same for gzip, whose decompressor in `zlib` hands unused input back."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def needs_input(self) -> bool:
        return not self._inflate.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inflate.decompress(self._inflate.unconsumed_tail + data, max_length)


class Compression(NamedTuple):
    """One compression, which the first bytes of a stream show."""

    begins: Callable[[bytes], bool]
    decompressor: Callable[[], _Decompressor]  # makes one for one stream


def _begins_lzma(head: bytes) -> bool:
    """Recognise what `tar --lzma` writes: no magic, but the usual properties, and a size that is unknown or sane."""
    return head.startswith(b"]\0\0") and (head[5:13] == b"\xff" * 8 or head[10:13] == b"\0\0\0")


def _begins_zstd(head: bytes) -> bool:
    """Recognise a frame of zstd, or one to be skipped, with which its parallel packer begins."""
    return head.startswith(b"\x28\xb5\x2f\xfd") or (head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5)


_COMPRESSIONS = (
    Compression(lambda head: head.startswith(b"\x1f\x8b\x08"), _GzipDecompressor),
    Compression(lambda head: head.startswith(b"BZh"), bz2.BZ2Decompressor),
    Compression(lambda head: head.startswith(b"\xfd7zXZ\0"), lambda: lzma.LZMADecompressor(memlimit=MAX_MEMORY)),
    Compression(_begins_lzma, lambda: lzma.LZMADecompressor(memlimit=MAX_MEMORY)),
    Compression(_begins_zstd, ZstdDecompressor),
)


def compression_of(head: bytes) -> Compression | None:
    """Tell by its first `LONGEST_MAGIC` bytes how a file is compressed; `None` for one that is not."""
    return next((compression for compression in _COMPRESSIONS if compression.begins(head)), None)

"""Apple's streams of compressed blocks (`pbze`, `pbzx`, `pbzz`), in which its archives and package payloads come.

Reads the file it is given, once, from start to end. A block says its two sizes first: it is not unpacked where it is
passed over, and a stream that is cut short shows.
"""

import struct
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.apple_compression.lzfse import decode_lzfse
from ota_dev.installers.containers.compressed_blocks import unpack_xz, unpack_zlib

__all__ = ["BlockStream", "begins_blocks"]

MAX_BLOCK_SIZE = 16 * 1024**2  # bytes, unpacked; the archiver makes 4 MiB and the package builder 16 MiB
MAX_BLOCKS = 50_000
MAX_UNPACKED = 1024**3  # bytes
MAX_SECONDS = 20

_DECODERS = {b"pbze": decode_lzfse, b"pbzx": unpack_xz, b"pbzz": unpack_zlib}


class _Block(NamedTuple):
    start: int  # in the stream, bytes
    size: int  # in the stream, bytes
    offset: int  # in the file, bytes
    packed_size: int  # in the file, bytes


def begins_blocks(head: bytes) -> bool:
    """Tell by its first four bytes whether something is a stream of blocks, of whatever compression."""
    return head.startswith(b"pbz")


class BlockStream:
    """The unpacked stream, as `ForwardStream` describes it."""

    def __init__(self, file: BinaryIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at the start of *file*; *clock* counts seconds.

        Raises:
            InstallerError: its blocks are compressed in a way that is not known here.
        """
        self._file = file
        self._file_size = file.seek(0, 2)
        file.seek(0)
        magic = file.read(4)
        if magic not in _DECODERS:
            raise InstallerError(f"it is compressed in a way that ota-dev does not know ({magic.decode('latin-1')})")
        self._decode = _DECODERS[magic]
        self._blocks = self._following(12, 0)
        self._block = _Block(0, 0, 0, 0)
        self._content: bytes | None = None
        self._unpacked = 0
        self._clock = clock
        self._deadline = clock() + MAX_SECONDS
        self.position = 0

    def read(self, size: int) -> bytes:
        """Read *size* bytes, and fewer only at the end."""
        return b"".join(self._parts(size))

    def skip(self, size: int) -> None:
        """Pass over *size* bytes, unpacking none; `IncompleteInstallerError` when the end comes first."""
        self.position += size
        while self.position > self._end():
            if not self._next_block():
                raise IncompleteInstallerError("it is cut short: it ends within one of its members")

    def finish(self) -> None:
        """Pass over the rest, and see whether its last block is whole."""
        while self._next_block():
            pass

    def _parts(self, size: int) -> Iterator[bytes]:
        while size > 0 and (self.position < self._end() or self._next_block()):
            start = self.position - self._block.start
            part = self._block_content()[start : start + size]
            self.position += len(part)
            size -= len(part)
            yield part

    def _end(self) -> int:
        return self._block.start + self._block.size

    def _next_block(self) -> bool:
        block = next(self._blocks, None)
        if block is None:
            return False
        self._block, self._content = block, None
        return True

    def _following(self, offset: int, start: int) -> Iterator[_Block]:
        for _ in range(MAX_BLOCKS):
            if offset >= self._file_size:
                return
            self._file.seek(offset)
            header = self._file.read(16)
            size, packed_size = struct.unpack(">QQ", header.ljust(16, b"\0"))
            if len(header) < 16 or offset + 16 + packed_size > self._file_size:
                raise IncompleteInstallerError("it is cut short: it ends within one of its blocks")
            if not packed_size <= size <= MAX_BLOCK_SIZE:
                raise InstallerError("its compressed data is damaged: a block is of senseless size")
            yield _Block(start, size, offset + 16, packed_size)
            start += size
            offset += 16 + packed_size
        raise InstallerError(f"it has more than {MAX_BLOCKS:,} blocks")

    def _block_content(self) -> bytes:
        if self._content is None:
            self._content = self._unpack(self._block)
        return self._content

    def _unpack(self, block: _Block) -> bytes:
        self._unpacked += block.size
        if self._unpacked > MAX_UNPACKED or self._clock() > self._deadline:
            raise InstallerError("it takes too long to unpack")
        self._file.seek(block.offset)
        packed = self._file.read(block.packed_size)
        if block.packed_size == block.size:
            return packed
        content = self._decode(packed, block.size)
        if len(content) < block.size:
            raise InstallerError("its compressed data is damaged: a block unpacks to less than it should")
        return content

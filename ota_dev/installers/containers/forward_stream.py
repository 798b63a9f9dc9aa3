"""A file, compressed or not, as a stream that is read once, from start to end.

Reads the file it is given. What is compressed is unpacked piece by piece, bounded in bytes and in time; what is not is
skipped through by seeking. Knows nothing of what the stream holds.
"""

import time
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.compressed_blocks import UNPACKING_ERRORS
from ota_dev.installers.containers.compressions import LONGEST_MAGIC, Compression, compression_of

__all__ = ["ForwardStream", "open_stream"]

MAX_UNPACKED = 4 * 1024**3  # bytes
MAX_SECONDS = 60
PIECE_SIZE = 256 * 1024  # bytes

_CUT_SHORT = "it is cut short: it ends within one of its members"


class ForwardStream(Protocol):
    """Bytes that are read in their order, each once."""

    @property
    def position(self) -> int:
        """Give the number of bytes behind us."""

    def read(self, size: int) -> bytes:
        """Read *size* bytes, and fewer only at the end."""

    def skip(self, size: int) -> None:
        """Pass over *size* bytes; `IncompleteInstallerError` when the end comes first."""

    def finish(self) -> None:
        """Pass over the rest, where that shows whether the stream is whole."""


def open_stream(file: BinaryIO, clock: Callable[[], float] = time.monotonic) -> ForwardStream:
    """Give what *file* holds, unpacked where it is compressed, from its start.

    The stream raises `IncompleteInstallerError` where the file ends early, and `InstallerError` at the limits.
    *clock* counts seconds.
    """
    file.seek(0)
    compression = compression_of(file.read(LONGEST_MAGIC))
    file.seek(0)
    if compression is None:
        return _PlainStream(file)
    return _UnpackedStream(_bounded(_pieces(file, compression), clock))


def _pieces(file: BinaryIO, compression: Compression) -> Iterator[bytes]:
    """Unpack one compressed stream after the other, since parallel packers write several.

    Pieces may be empty, so that whoever counts and looks at the clock also sees a file of a million empty streams.
    """
    packed = file.read(PIECE_SIZE)
    while compression.begins(packed):
        decompressor = compression.decompressor()
        while not decompressor.eof:
            if not packed and decompressor.needs_input:
                packed = file.read(PIECE_SIZE)
                if not packed:
                    raise IncompleteInstallerError("it is cut short: its compressed stream has no end")
            try:
                unpacked = decompressor.decompress(packed, PIECE_SIZE)
            except UNPACKING_ERRORS as error:
                raise InstallerError(f"its compressed data is damaged: {error}") from error
            yield unpacked
            packed = b""
        packed = decompressor.unused_data
        if len(packed) < PIECE_SIZE // 2:
            packed += file.read(PIECE_SIZE)
        packed = packed.lstrip(b"\0")  # padding


def _bounded(pieces: Iterator[bytes], clock: Callable[[], float]) -> Iterator[bytes]:
    deadline = clock() + MAX_SECONDS
    unpacked = 0
    for piece in pieces:
        unpacked += len(piece)
        if unpacked > MAX_UNPACKED:
            raise InstallerError(f"it unpacks to more than {MAX_UNPACKED // 1024**2:,} MiB")
        if clock() > deadline:
            raise InstallerError(f"it takes more than {MAX_SECONDS} seconds to unpack")
        yield piece


class _UnpackedStream:
    """A stream of pieces, cut as they are asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")
        self.position = 0

    def read(self, size: int) -> bytes:
        return b"".join(self._take(size))

    def skip(self, size: int) -> None:
        if sum(len(part) for part in self._take(size)) < size:
            raise IncompleteInstallerError(_CUT_SHORT)

    def finish(self) -> None:
        for _ in self._pieces:
            pass

    def _take(self, size: int) -> Iterator[memoryview]:
        while size:
            if not self._piece:
                piece = next(self._pieces, None)
                if piece is None:
                    return
                self._piece = memoryview(piece)
            part, self._piece = self._piece[:size], self._piece[size:]
            size -= len(part)
            self.position += len(part)
            yield part


class _PlainStream:
    """A file that is not compressed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @property
    def position(self) -> int:
        return self._file.tell()

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def skip(self, size: int) -> None:
        if size:
            self._file.seek(size - 1, 1)
            if not self._file.read(1):
                raise IncompleteInstallerError(_CUT_SHORT)

    def finish(self) -> None:
        """Leave the rest: a file that is not compressed has no check at its end."""

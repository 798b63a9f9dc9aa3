"""The bytes of a body, block by block, read so that a slow disk never stalls the event loop. Knows no HTTP library."""

import asyncio
from bisect import bisect_left
from concurrent.futures import Executor
from typing import cast

from ota_dev.operating_system import read_at, read_cached
from ota_dev.server.bodies import FileBody

__all__ = ["BodyReader", "ContentChangedError"]


class ContentChangedError(Exception):
    """The bytes of the open file changed while they were sent: two builds must not be mixed."""


class BodyReader:
    """Read a body from its start to its end; what is not in memory is read by the threads of *disk*."""

    def __init__(self, body: bytes | FileBody, disk: Executor) -> None:
        self._body = body
        self._disk = disk
        self._pieces = (body,) if isinstance(body, bytes) else body.pieces
        self._index = 0  # of the piece that is read
        self._offset = 0  # within it

    async def read(self, most: int) -> bytes:
        """Give the next block of up to *most* bytes; `b""` is the end.

        Small pieces are joined, so that a thousand ranges do not become two thousand packets.

        Raises:
            ContentChangedError: the open file changed; nothing that was read since is given.
        """
        block = await self._read_within_piece(most)
        if len(block) == most or self._index == len(self._pieces):
            return block
        parts, missing = [block], most - len(block)
        while missing and self._index < len(self._pieces):
            parts.append(await self._read_within_piece(missing))
            missing -= len(parts[-1])
        return b"".join(parts)

    async def _read_within_piece(self, most: int) -> bytes:
        if self._index == len(self._pieces):
            return b""
        piece, start = self._pieces[self._index], self._offset
        length = len(piece) if isinstance(piece, bytes) else piece.length
        size = min(most, length - start)
        if isinstance(piece, bytes):
            block = piece[start : start + size]
        else:
            block = await self._read_file(piece.first + start, size)
        self._offset += len(block)
        if self._offset == length:
            self._index, self._offset = self._index + 1, 0
        return block

    async def _read_file(self, position: int, size: int) -> bytes:
        if not size:
            return b""
        body = cast(FileBody, self._body)  # Nothing else has spans.
        descriptor = body.file.fileno()
        block = read_cached(descriptor, size, position)
        if block is None:
            block = await self._wait_for_disk(descriptor, size, position)
        if not block or not body.is_unchanged():
            raise ContentChangedError
        return _flip(block, position, body.flipped) if body.flipped else block

    async def _wait_for_disk(self, descriptor: int, size: int, position: int) -> bytes:
        reading = asyncio.get_running_loop().run_in_executor(self._disk, read_at, descriptor, size, position)
        try:
            return await asyncio.shield(reading)
        except asyncio.CancelledError:
            # The file is closed next, and its descriptor may become another file's: the thread must be done with it.
            await asyncio.wait([reading])
            raise


def _flip(block: bytes, position: int, flipped: tuple[int, ...]) -> bytes:
    """Invert the bits of those bytes of *block*, which begins at *position* of the file, that are in *flipped*."""
    changed = bytearray(block)
    for place in flipped[bisect_left(flipped, position) : bisect_left(flipped, position + len(block))]:
        changed[place - position] ^= 0xFF
    return bytes(changed)

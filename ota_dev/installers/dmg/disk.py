"""The disk in an image: rows of sectors in chunks, most of them compressed.

Reads any range of it from the file, unpacking only the chunks that hold it; knows nothing of what is on the disk.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import BinaryIO, NamedTuple

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.adc import decode_adc
from ota_dev.installers.containers.apple_compression.lzfse import decode_lzfse
from ota_dev.installers.containers.compressed_blocks import unpack_bzip2, unpack_xz, unpack_zlib

__all__ = ["Chunk", "Disk"]

MAX_CHUNK_SIZE = 8 * 1024**2  # bytes, unpacked; hdiutil makes chunks of up to 1 MiB
MAX_UNPACKED = 64 * 1024**2  # bytes
MAX_SECONDS = 10
MAX_READ = 8 * 1024**2  # bytes

# Kinds of chunks.
_RAW = 1
_ZEROS = (0, 2)  # stored as nothing; the second was never written
_DECODERS: dict[int, Callable[[bytes, int], bytes]] = {
    0x80000004: decode_adc,
    0x80000005: unpack_zlib,
    0x80000006: unpack_bzip2,
    0x80000007: decode_lzfse,
    0x80000008: unpack_xz,
}


class Chunk(NamedTuple):
    """A row of bytes on the disk, and where they are kept in the file; all sizes and places are in bytes."""

    start: int  # on the disk
    size: int  # on the disk
    kind: int
    offset: int  # in the file
    packed_size: int  # in the file

    @property
    def file_end(self) -> int:
        """Give the end of what the chunk takes in the file."""
        return self.offset if self.kind in _ZEROS else self.offset + self.packed_size


class Disk:
    """The disk inside an image, read by ranges of bytes."""

    def __init__(self, file: BinaryIO, chunks: list[Chunk], clock: Callable[[], float]) -> None:
        self._file = file
        self._chunks = sorted(chunks)
        self._unpacked: dict[Chunk, bytes] = {}
        self._left = MAX_UNPACKED
        self._clock = clock
        self._deadline = clock() + MAX_SECONDS

    def read(self, offset: int, size: int) -> bytes:
        """Read exactly *size* bytes from *offset*.

        Raises:
            InstallerError: the disk is shorter, a chunk is damaged, or a limit is reached.
        """
        if size > MAX_READ:
            raise InstallerError("its file system asks for a part of senseless size")
        return b"".join(self._parts(offset, size))

    def _parts(self, offset: int, size: int) -> Iterator[bytes]:
        while size > 0:
            chunk = self._chunk_at(offset)
            start = offset - chunk.start
            part = self._content(chunk, start, min(size, chunk.size - start))
            yield part
            offset += len(part)
            size -= len(part)

    def _chunk_at(self, offset: int) -> Chunk:
        place = bisect_right(self._chunks, offset, key=attrgetter("start")) - 1
        if place < 0 or offset >= self._chunks[place].start + self._chunks[place].size:
            raise InstallerError("its file system refers to a place that the disk image does not have")
        return self._chunks[place]

    def _content(self, chunk: Chunk, start: int, size: int) -> bytes:
        if self._clock() > self._deadline:
            raise InstallerError(f"its disk image takes more than {MAX_SECONDS} seconds to read")
        if chunk.kind in _ZEROS:
            return bytes(size)
        if chunk.kind == _RAW:
            if start + size > chunk.packed_size:
                raise InstallerError("its disk image is damaged: a chunk that is not compressed is too short")
            return self._packed(chunk.offset + start, size)
        if chunk not in self._unpacked:
            self._unpacked[chunk] = self._unpack(chunk)
        return self._unpacked[chunk][start : start + size]

    def _unpack(self, chunk: Chunk) -> bytes:
        decode = _DECODERS.get(chunk.kind)
        if decode is None:
            raise InstallerError(f"its disk image is compressed in an unknown way ({chunk.kind:#x})")
        self._left -= chunk.size
        if max(chunk.size, chunk.packed_size) > MAX_CHUNK_SIZE or self._left < 0:
            raise InstallerError("its disk image unpacks to a senseless size")
        content = decode(self._packed(chunk.offset, chunk.packed_size), chunk.size)
        if len(content) < chunk.size:
            raise InstallerError("its disk image is damaged: a chunk unpacks to less than it should")
        return content

    def _packed(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(size)

"""Reading at a position of an open file: from memory only, or waiting for the disk. Knows descriptors, never paths."""

import errno
import os
import sys
import threading
from collections.abc import Callable

__all__ = ["read_at", "read_cached", "seek_and_read"]

_NO_WAITING: int | None = getattr(os, "RWF_NOWAIT", None)  # Linux only
_buffers = threading.local()


def read_cached(fd: int, size: int, offset: int) -> bytes | None:
    """Read up to *size* bytes at *offset* if that needs no wait for a disk.

    `None` means that a read would wait, or that the system or the file system cannot tell; `b""` is the end of the
    file. Fewer bytes than asked for mean that only those are in memory, or that the file ends there.
    """
    if sys.platform == "linux" and _NO_WAITING is not None:
        buffer = _reusable_buffer(size)
        try:
            return bytes(buffer[: os.preadv(fd, [buffer], offset, _NO_WAITING)])
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
    return None


def read_at(fd: int, size: int, offset: int) -> bytes:
    """Read up to *size* bytes at *offset*, waiting for the disk; `b""` is the end of the file."""
    return _read_at(fd, size, offset)


def _reusable_buffer(size: int) -> memoryview:
    # Making and zeroing a new buffer for each read costs more than copying out of one that each thread keeps.
    buffer: memoryview | None = getattr(_buffers, "buffer", None)
    if buffer is None or len(buffer) < size:
        buffer = _buffers.buffer = memoryview(bytearray(size))
    return buffer[:size]


# A few locks shared by all descriptors, so that one slow disk does not stop everyone.
_SEEKING = tuple(threading.Lock() for _ in range(64))


def seek_and_read(fd: int, size: int, offset: int) -> bytes:
    """Read like `read_at` where there is no positional read: no other thread moves the position in between."""
    with _SEEKING[fd % len(_SEEKING)]:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, size)


_read_at: Callable[[int, int, int], bytes] = getattr(os, "pread", seek_and_read)

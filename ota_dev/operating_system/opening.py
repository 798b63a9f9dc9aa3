"""Opening a file for reading while others replace, rename or delete it. Reads nothing yet."""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

__all__ = ["open_shared", "open_sharing_everything"]


def open_shared(path: Path) -> BinaryIO:
    """Open the file at *path* for reading, unbuffered, without ever waiting and without standing in anyone's way."""
    return open(path, "rb", buffering=0, opener=_open)


class CreateFile(Protocol):
    """What Windows opens files with."""

    def __call__(self, path: str, /, *arguments: int | None) -> int | None:
        """Open a file and give its handle."""


_GENERIC_READ = 0x80000000
_SHARE_READING_WRITING_AND_DELETING = 0x1 | 0x2 | 0x4
_OPEN_EXISTING = 3
_INVALID_HANDLE = ctypes.c_void_p(-1).value


def open_sharing_everything(
    path: str, create_file: CreateFile, to_descriptor: Callable[[int], int], last_error: Callable[[], OSError]
) -> int:
    """Open a file as Python does on Windows, but so that a build can replace it while a client downloads it."""
    sharing = _SHARE_READING_WRITING_AND_DELETING
    handle = create_file(path, _GENERIC_READ, sharing, None, _OPEN_EXISTING, 0, None)
    if handle is None or handle == _INVALID_HANDLE:
        raise last_error()
    return to_descriptor(handle)


if sys.platform == "win32":
    import msvcrt

    _create_file = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW
    _create_file.argtypes = [
        *(ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
        *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
    ]
    _create_file.restype = ctypes.c_void_p

    def _open(path: str, flags: int) -> int:
        return open_sharing_everything(
            path,
            _create_file,
            lambda handle: msvcrt.open_osfhandle(handle, flags),
            lambda: ctypes.WinError(ctypes.get_last_error()),
        )
else:

    def _open(path: str, flags: int) -> int:
        # A named pipe put in the place of a file would otherwise hold whoever opens it, for ever.
        return os.open(path, flags | os.O_NONBLOCK)

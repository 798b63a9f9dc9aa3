"""How Windows opens a file that is there, by what it shares with others; for the other modules of this room."""

import ctypes
import sys
from typing import Protocol

__all__ = ["SHARE_DELETING", "SHARE_READING", "SHARE_WRITING", "Kernel32", "open_existing"]

SHARE_READING, SHARE_WRITING, SHARE_DELETING = 0x1, 0x2, 0x4

_GENERIC_READ = 0x80000000
_OPEN_EXISTING = 3
_INVALID_HANDLE = ctypes.c_void_p(-1).value


class Kernel32(Protocol):
    """What is needed of the Windows library of that name."""

    def CreateFileW(self, path: str, /, *arguments: int | None) -> int | None:  # noqa: N802 # the name is Windows'
        """Open a file and give its handle."""

    def CloseHandle(self, handle: int, /) -> int:  # noqa: N802 # the name is Windows'
        """Close what `CreateFileW` opened."""


def open_existing(path: str, sharing: int, kernel32: Kernel32) -> int | None:
    """Open the file at *path* for reading, and give its handle; `None` where Windows refuses."""
    handle = kernel32.CreateFileW(path, _GENERIC_READ, sharing, None, _OPEN_EXISTING, 0, None)
    return None if handle == _INVALID_HANDLE else handle


if sys.platform == "win32":
    KERNEL32 = ctypes.WinDLL("kernel32", use_last_error=True)
    KERNEL32.CreateFileW.argtypes = [
        *(ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
        *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
    ]
    KERNEL32.CreateFileW.restype = ctypes.c_void_p
    KERNEL32.CloseHandle.argtypes = [ctypes.c_void_p]

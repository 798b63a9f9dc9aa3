"""Opening a file for reading while others replace, rename or delete it. Reads nothing yet."""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ota_dev.operating_system.windows_files import (
    SHARE_DELETING,
    SHARE_READING,
    SHARE_WRITING,
    Kernel32,
    open_existing,
)

__all__ = ["open_shared", "open_sharing_everything"]


def open_shared(path: Path) -> BinaryIO:
    """Open the file at *path* for reading, unbuffered, without ever waiting and without standing in anyone's way."""
    return open(path, "rb", buffering=0, opener=_open)


def open_sharing_everything(
    path: str, kernel32: Kernel32, to_descriptor: Callable[[int], int], last_error: Callable[[], OSError]
) -> int:
    """Open a file as Python does on Windows, but so that a build can replace it while a client downloads it."""
    handle = open_existing(path, SHARE_READING | SHARE_WRITING | SHARE_DELETING, kernel32)
    if handle is None:
        raise last_error()
    return to_descriptor(handle)


if sys.platform == "win32":
    import msvcrt

    from ota_dev.operating_system.windows_files import KERNEL32

    def _open(path: str, flags: int) -> int:
        return open_sharing_everything(
            path,
            KERNEL32,
            lambda handle: msvcrt.open_osfhandle(handle, flags),
            lambda: ctypes.WinError(ctypes.get_last_error()),
        )
else:

    def _open(path: str, flags: int) -> int:
        # A named pipe put in the place of a file would otherwise hold whoever opens it, for ever.
        return os.open(path, flags | os.O_NONBLOCK)

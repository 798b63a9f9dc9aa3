"""The one atomic writer, for every file that a user will see. Writes only that file, and for a moment one beside it."""

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

__all__ = ["replace_atomically", "replace_patiently", "write_beside"]

# Windows refuses to replace a file while someone has it open; those who read feeds are quick.
_PATIENCE = timedelta(seconds=2 if sys.platform == "win32" else 0)


def replace_atomically(path: Path, data: bytes) -> None:
    """Make *data* the whole content of the file at *path*; a reader sees the old content or the new, never a part.

    The data is on the disk before the name points to it. The permissions of an existing file stay, and a symbolic link
    stays while its target is replaced. A device or a pipe has no content to replace and is simply written to.
    """
    permissions = None
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            path.write_bytes(data)
            return
        permissions = stat.S_IMODE(mode)
    write_beside(Path(os.path.realpath(path)), data, permissions, replace_patiently)


def replace_patiently(
    source: Path,
    target: Path,
    *,
    patience: timedelta = _PATIENCE,
    replace: Callable[[Path, Path], None] = os.replace,
) -> None:
    """Rename *source* over *target*; where the system refuses, try again until *patience* is used up."""
    deadline = time.monotonic() + patience.total_seconds()
    while True:
        try:
            replace(source, target)
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.01)
        else:
            return


def write_beside(
    target: Path, data: bytes, permissions: int | None, put_in_place: Callable[[Path, Path], None]
) -> None:
    """Write *data* to a new file in the folder of *target*, flush it to the disk, and have it put in place."""
    temporary = target.parent / f".ota-dev-{secrets.token_hex(8)}.part"
    # The file is never open to more users than it will be, not even for the moment in which it is empty.
    creation_mode = 0o666 if permissions is None else permissions
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, creation_mode)) as file:
            if permissions is not None:
                temporary.chmod(permissions)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    # The new name survives a power cut only once its folder is on the disk. Where folders cannot be opened or flushed
    # (Windows, some network drives) the file has been replaced all the same.
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

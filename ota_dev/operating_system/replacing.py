"""The one atomic writer, for every file that a user will see: of given bytes, or with the content of another file.

Writes only that file, and for a moment one beside it.
"""

import errno
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

__all__ = ["link_or_copy", "replace_atomically", "replace_patiently", "write_beside"]

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


def link_or_copy(source: Path, target: Path) -> bool:
    """Make *target* the same file as *source*, or a copy with its date where the system allows no hard link.

    A reader sees what *target* was before or all of *source*. Says whether it is the same file.
    """
    source = Path(os.path.realpath(source))  # systems disagree about links to symbolic links
    with suppress(FileNotFoundError):
        if target.samefile(source):  # renaming one name of a file to another does nothing, and leaves both
            return True
    with _in_place_of(target) as temporary:
        try:
            temporary.hardlink_to(source)
            is_link = True
        except OSError:  # another disk, a file system without hard links, too many, somebody else's file
            _copy(source, temporary)
            is_link = False
        replace_patiently(temporary, target)
    return is_link


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
    # The file is never open to more users than it will be, not even for the moment in which it is empty.
    creation_mode = 0o666 if permissions is None else permissions
    with _in_place_of(target) as temporary:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, creation_mode)) as file:
            if permissions is not None:
                temporary.chmod(permissions)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(temporary, target)


@contextmanager
def _in_place_of(target: Path) -> Iterator[Path]:
    """Give a path beside *target* for a file that will take its name; what is left there goes when that fails."""
    temporary = target.parent / f".ota-dev-{secrets.token_hex(8)}.part"
    try:
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    status = source.stat()
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def _flush_folder(folder: Path) -> None:
    # The new name survives a power cut only once its folder is on the disk. Where folders cannot be opened or flushed
    # (Windows, some network drives) the file has been replaced all the same.
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

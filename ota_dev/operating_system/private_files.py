"""Files that are for one user only, such as private keys: writing them, and telling whether they are."""

import errno
import os
import stat
import sys
from pathlib import Path

from ota_dev.operating_system.replacing import replace_patiently, write_beside

__all__ = ["claim", "is_open_to_others", "make_private_folder", "write_private"]

_FOR_ITS_OWNER = 0o600
_FOLDER_FOR_ITS_OWNER = 0o700
_ROOT = 0


def is_open_to_others(status: os.stat_result) -> bool | None:
    """Say whether other users may use a file, by its permission bits; `None` where these say nothing.

    They say nothing on Windows, where a file in the user's own folders is the user's by inheritance, and of pipes.
    """
    answer: bool | None = None
    if sys.platform != "win32" and stat.S_ISREG(status.st_mode):
        answer = bool(status.st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    return answer


def write_private(path: Path, data: bytes, *, replace: bool) -> None:
    """Make *data* the whole content of the file at *path*, which only its owner can read and write.

    A reader sees all of it or nothing, and of several writers that may not replace only one succeeds.

    Raises:
        FileExistsError: there is a file, and it may not be replaced.
    """
    write_beside(Path(os.path.realpath(path)), data, _FOR_ITS_OWNER, replace_patiently if replace else claim)


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner only; one that is there stays as it is.

    Raises:
        PermissionError: it, or the folder above it, is another user's, who could put anything in the place of it.
    """
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(_FOLDER_FOR_ITS_OWNER, exist_ok=True)
    if sys.platform != "win32":
        for folder in (path.parent, path):
            if folder.lstat().st_uid not in (os.getuid(), _ROOT):
                raise PermissionError(errno.EPERM, "it belongs to another user", str(folder))


def claim(source: Path, target: Path) -> None:
    """Rename *source* to *target* unless that exists, as one step where the file system has hard links."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:
        target.touch(_FOR_ITS_OWNER, exist_ok=False)
        replace_patiently(source, target)
    else:
        source.unlink()

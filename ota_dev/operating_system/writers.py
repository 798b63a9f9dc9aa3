"""Whether some process is still writing a file. Opens the file for reading, for a moment, and changes nothing."""

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from ota_dev.operating_system.windows_files import SHARE_DELETING, SHARE_READING, Kernel32, open_existing

if sys.platform == "linux":
    import fcntl
    import signal
elif sys.platform == "win32":
    from ota_dev.operating_system.windows_files import KERNEL32

__all__ = ["ask_by_sharing", "open_for_writing"]


def open_for_writing(path: Path) -> bool | None:
    """Say whether some process has the file at *path* open for writing; `None` where nobody can tell.

    Nobody can tell on macOS, on network drives, for files that are gone and, on Linux, for other users' files.
    """
    answer: bool | None = None
    if sys.platform == "linux":
        answer = ask_by_lease(path)
    elif sys.platform == "win32":
        answer = ask_by_sharing(path, KERNEL32, ctypes.get_last_error)
    return answer


if sys.platform == "linux":

    def ask_by_lease(path: Path) -> bool | None:
        """Ask for a read lease, which Linux refuses while anyone has the file open for writing."""
        try:
            # Without O_NONBLOCK the open would wait for the other end of a pipe, or for the holder of another lease.
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return None
        try:
            return _is_lease_refused(fd)
        finally:
            os.close(fd)

    def _is_lease_refused(fd: int) -> bool | None:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            return None
        try:
            # A writer that comes while we hold the lease makes the kernel send a signal. The usual one, SIGIO, would
            # kill this process; SIGURG is ignored unless someone asks for it.
            fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            # NFS and SMB refuse for reasons of their own, such as a server that has granted no delegation.
            return True if error.errno == errno.EAGAIN and not is_network_drive(status.st_dev) else None
        return False

    def is_network_drive(device: int, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
        """Say whether a device number is that of an NFS or SMB mount; the format is proc_pid_mountinfo(5)'s."""
        number = f"{os.major(device)}:{os.minor(device)}"
        try:
            lines = mounts.read_text(errors="replace").splitlines()
        except OSError:
            return False
        kinds = [line.partition(" - ")[2] for line in lines if line.split(" ", 3)[2:3] == [number]]
        return any(kind.startswith(("nfs", "cifs", "smb")) for kind in kinds)


_SHARING_VIOLATION = 32


def ask_by_sharing(path: Path, kernel32: Kernel32, last_error: Callable[[], int]) -> bool | None:
    """Open without sharing the right to write, which Windows refuses while anyone has it."""
    handle = open_existing(str(path), SHARE_READING | SHARE_DELETING, kernel32)
    if handle is None:
        return True if last_error() == _SHARING_VIOLATION else None
    kernel32.CloseHandle(handle)
    return False

"""Where a running server can be found: `server-PORT.json` with its URL and token, for its user only.

Writes, reads and removes such files in the folder that `OTA_DEV_RUNTIME_DIR` names, else in the user's runtime folder.
What is read may be anybody's: a file that others can use, is too long or says anything unexpected is passed over.
"""

import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from ota_dev.catalog.web_addresses import is_loopback, is_web_origin
from ota_dev.operating_system import is_open_to_others, make_private_folder, open_shared, write_private
from ota_dev.operating_system.own_folders import runtime_folder

__all__ = ["Announcement", "announced", "is_loopback_url", "read_announcements"]

_LARGEST = 4096  # bytes of a file
_MOST = 100  # files
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """What a running server says of itself."""

    url: str  # of the server, on loopback, without a final slash
    token: str  # of its control API
    pid: int  # of its process

    @property
    def path(self) -> Path:
        """Give the file that this is written to."""
        return runtime_folder() / f"server-{urlsplit(self.url).port}.json"

    def write(self) -> None:
        """Write the file, in the place of one that a server on that port left behind.

        Raises:
            OSError: it cannot be written, or somebody else could change it.
        """
        make_private_folder(self.path.parent)
        values = {"url": self.url, "token": self.token, "pid": self.pid}
        write_private(self.path, json.dumps(values).encode(), replace=True)

    def remove(self) -> None:
        """Remove the file, unless it is another server's by now or cannot be removed."""
        with suppress(OSError):
            if _read(self.path) == self:
                self.path.unlink()


@contextmanager
def announced(url: str, token: str) -> Iterator[None]:
    """Announce the server at *url* while the context lasts; one that is not on loopback is not announced.

    Raises:
        OSError: the announcement cannot be written.
    """
    if not is_loopback_url(url):
        yield
        return
    announcement = Announcement(url=url, token=token, pid=os.getpid())
    announcement.write()
    try:
        yield
    finally:
        announcement.remove()


def read_announcements() -> tuple[Announcement, ...]:
    """Give what servers have announced, by their addresses; some may be gone without having removed it."""
    try:
        paths = sorted(islice(runtime_folder().glob("server-*.json"), _MOST))
    except OSError:
        return ()
    found = filter(None, map(_read, paths))
    return tuple(sorted(found, key=lambda each: each.url))


def is_loopback_url(url: str) -> bool:
    """Say whether *url* is that of a server on this machine alone, with a port and without a path."""
    if not is_web_origin(url) or "@" in url:
        return False
    parts = urlsplit(url)
    return parts.port is not None and is_loopback(parts.hostname or "")


def _read(path: Path) -> Announcement | None:
    try:
        with open_shared(path) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or is_open_to_others(status) or status.st_size > _LARGEST:
                return None
            values = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    match values:
        case {"url": str(url), "token": str(token), "pid": int(pid)} if is_loopback_url(url) and _TOKEN.fullmatch(
            token
        ):
            announcement = Announcement(url=url, token=token, pid=pid)
            return announcement if announcement.path.name == path.name else None
    return None

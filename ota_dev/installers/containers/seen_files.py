"""The files of an archive that is read once, from start to end: their paths, and what may matter of their contents.

Which of them matter is known only at the end, so every property list and the header of every executable is kept.
"""

import posixpath

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.forward_stream import ForwardStream
from ota_dev.installers.containers.member_paths import follow_links, member_path
from ota_dev.installers.mac_app import info_plist, mach_o

__all__ = ["SeenFiles"]

MAX_KEPT = 64 * 1024**2  # bytes, in contents and paths


class SeenFiles:
    """The files and symbolic links that were seen so far, by path."""

    def __init__(self) -> None:
        self.by_path: dict[str, bytes] = {}
        self._links: dict[str, str] = {}
        self._size = 0

    def add_file(self, name: str, size: int, stream: ForwardStream) -> None:
        """See a file of *size* bytes, at whose content *stream* stands; some of it may be read."""
        path = member_path(name)
        if path is not None:
            self._keep(path, _what_may_matter(path, size, stream))

    def add_link(self, name: str, target: str) -> None:
        """See a symbolic link."""
        path = member_path(name)
        if path is not None:
            self._keep(path, b"")
            self._links[path] = target
            self._size += len(target)

    def add_hard_link(self, name: str, target: str) -> None:
        """See another name of a file that was seen before."""
        path = member_path(name)
        if path is not None:
            self._keep(path, self.by_path.get(member_path(target) or "", b""))

    def read(self, path: str, limit: int) -> bytes | None:
        """Give at most *limit* bytes from the start of a file, through links too; `None` when it was not seen."""
        reached = follow_links(path, self._links.get)
        content = self.by_path.get(reached) if reached else None
        return None if content is None else content[:limit]

    def _keep(self, path: str, content: bytes) -> None:
        self._links.pop(path, None)  # a later member replaces an earlier one
        self.by_path[path] = content
        self._size += len(path) + len(content)
        if self._size > MAX_KEPT:
            raise InstallerError("it holds senselessly many files, property lists or executables")


def _what_may_matter(path: str, size: int, stream: ForwardStream) -> bytes:
    """Read a property list, or the start of an executable; nothing of any other file."""
    if posixpath.splitext(path)[1] == ".plist":
        return stream.read(min(size, info_plist.MAX_SIZE + 1))
    start = stream.read(min(size, 4))
    return start + stream.read(min(size, mach_o.HEADER_SIZE) - len(start)) if mach_o.is_mach_o(start) else b""

"""What a file system offers to whoever looks for an app in it, and how paths are found in one.

A file system lists a folder by its number and reads a file; paths and the names in them are understood here, once for
all of them.
"""

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from ota_dev.installers.containers.member_paths import follow_links

__all__ = ["Entry", "FileSystem", "Volume"]

MAX_DEPTH = 3  # folders in which an app may lie
MAX_FOLDERS = 200  # at one depth
MAX_LINK_TARGET = 1024  # bytes


class Entry(NamedTuple):
    """One name in a folder: a folder, a file, a symbolic link, or something else without any of these."""

    name: str
    folder: int | None = None  # its number
    read: Callable[[int], bytes] | None = None  # gives the first so many bytes
    is_link: bool = False  # what is read is then the target


class FileSystem(Protocol):
    """A file system, of which nothing is ever changed."""

    @property
    def root(self) -> int:
        """Give the number of the outermost folder."""

    def entries(self, folder: int) -> Iterable[Entry]:
        """List the folder with this number."""


class Volume:
    """The files of a file system by path."""

    def __init__(self, file_system: FileSystem) -> None:
        self._file_system = file_system
        self._folders: dict[int, dict[str, Entry]] = {}

    def app_contents(self) -> list[str]:
        """Give the path of the folder `Contents` of each app, from the outermost folders that hold any app.

        A disk image shows its app at once; what lies deeper beside it, such as an uninstaller, is no rival.
        """
        level = [("", self._file_system.root)]
        for _ in range(MAX_DEPTH):
            folders = [
                (f"{path}{entry.name}/", entry.folder)
                for path, number in level[:MAX_FOLDERS]
                for entry in self._folder(number).values()
                if entry.folder is not None and not entry.name.startswith((".", "\0"))
            ]
            if apps := [path for path, _ in folders if path.lower().endswith(".app/")]:
                return [f"{path}Contents/" for path in apps]
            level = folders
        return []

    def read(self, path: str, limit: int) -> bytes | None:
        """Read at most *limit* bytes from the start of the file at *path*, `None` when there is none."""
        reached = follow_links(path, self._link_target)
        entry = self._entry(reached) if reached else None
        return entry.read(limit) if entry and entry.read and not entry.is_link else None

    def _link_target(self, path: str) -> str | None:
        entry = self._entry(path)
        if entry is None or entry.read is None or not entry.is_link:
            return None
        return entry.read(MAX_LINK_TARGET).rstrip(b"\0").decode("utf-8", "replace")

    def _entry(self, path: str) -> Entry | None:
        entry: Entry | None = Entry("", folder=self._file_system.root)
        for name in path.split("/"):
            if entry is None or entry.folder is None:
                return None
            entry = self._folder(entry.folder).get(_spelling(name))
        return entry

    def _folder(self, number: int) -> dict[str, Entry]:
        if number not in self._folders:
            self._folders[number] = {_spelling(entry.name): entry for entry in self._file_system.entries(number)}
        return self._folders[number]


def _spelling(name: str) -> str:
    """Give one spelling for the names that macOS takes for the same: letters composed or not, in either case."""
    return unicodedata.normalize("NFC", name).casefold()

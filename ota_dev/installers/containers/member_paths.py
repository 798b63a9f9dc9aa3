"""Paths inside an archive: one spelling for each member, and links followed without ever leaving the archive.

Pure: nothing here reads an archive, and no path is ever joined to one on disk.
"""

import posixpath
import unicodedata
from collections.abc import Callable, Iterator

__all__ = ["follow_links", "member_path"]

MAX_LINKS = 8  # in one path; the frameworks of a real app need three


def member_path(name: str) -> str | None:
    """Give a member's path in its one spelling, or `None` where an archive has no business to name it.

    Needless slashes and dots go, and letters are composed (NFC): HFS+ stores them decomposed, an Info.plist does not.
    Absolute paths and those with `..` are what no unpacker would write.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or not parts:
        return None
    return unicodedata.normalize("NFC", "/".join(parts))


def follow_links(path: str, link_target: Callable[[str], str | None]) -> str | None:
    """Give what *path* leads to once every symbolic link on the way is followed.

    *link_target* gives the target of the link at a path, and `None` for all that is not a link.
    `None` means that the path leaves the archive, or runs through too many links.
    """
    reached = member_path(path)
    for _ in range(MAX_LINKS):
        link = _first_link(reached, link_target) if reached else None
        if reached is None or link is None:
            return reached
        ancestor, target = link
        rest = reached[len(ancestor) :]
        reached = member_path(posixpath.normpath(posixpath.join(posixpath.dirname(ancestor), target) + rest))
    return None


def _first_link(path: str, link_target: Callable[[str], str | None]) -> tuple[str, str] | None:
    return next(((ancestor, target) for ancestor in _ancestors(path) if (target := link_target(ancestor))), None)


def _ancestors(path: str) -> Iterator[str]:
    """Give every folder on the way to *path*, outermost first, and *path* itself."""
    parts = path.split("/")
    return ("/".join(parts[: depth + 1]) for depth in range(len(parts)))

"""A folder in which exactly the files that its manifest names are ours. Writes and removes those, touches no other.

The manifest names a file before it is there and until it is gone, so that whatever ends a run halfway, the next one
knows all that is ours.
"""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.errors import PublishingError
from ota_dev.feeds.interface import Feed
from ota_dev.operating_system import link_or_copy
from ota_dev.publishing.feed_files import write_feed
from ota_dev.publishing.learned import is_still
from ota_dev.publishing.publication import PublishedFile
from ota_dev.publishing.static_tree.manifest import MANIFEST, read_manifest, write_manifest

__all__ = ["OwnedFolder", "Put"]

_COARSEST_DATE = 2_000_000_000  # nanoseconds; some file systems keep dates to two seconds


class Put(Enum):
    """How an installer came into the folder."""

    UNCHANGED = "unchanged"
    LINKED = "linked"
    COPIED = "copied"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnedFolder:
    """A folder that is being brought up to date; `claim` it, write all that is wanted, then `finish`."""

    folder: Path
    wanted: frozenset[str]
    stale: frozenset[str]

    @classmethod
    def claim(cls, folder: Path, wanted: Collection[str], feeds: Mapping[str, Feed]) -> "OwnedFolder":
        """Make sure that the *wanted* paths can be ours, and note that they are; *feeds* may be in the tree.

        Raises:
            PublishingError: the folder holds what we did not write, and it is in the way; nothing is changed then.
        """
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            owned = read_manifest(folder, feeds)
            if owned is None and any(folder.iterdir()):
                raise PublishingError(
                    f"{folder} holds files that --tree did not write (there is no {MANIFEST} in it): choose a folder "
                    "that is new or empty"
                )
            _require_free_way(folder, frozenset(wanted), owned or frozenset())
        stale = (owned or frozenset()).difference(wanted)
        write_manifest(folder, stale.union(wanted))
        return cls(folder=folder, wanted=frozenset(wanted), stale=stale)

    def write(self, path: str, content: bytes) -> bool:
        """Write a file, unless these very bytes are there; say whether it was written."""
        return write_feed(self._made_way(path), content)

    def put(self, path: str, installer: PublishedFile) -> Put:
        """Put an installer here: the same file where the system allows it, else a copy.

        Raises:
            PublishingError: it is not, or no more, in the state that was published.
        """
        place = self._made_way(path)
        if _is_there(place, installer):
            return Put.UNCHANGED
        with _explained(place):
            _require_still(installer)
            is_link = link_or_copy(installer.path, place)
            _require_still(installer)
        return Put.LINKED if is_link else Put.COPIED

    def finish(self) -> int:
        """Remove what is not wanted any more, and folders that this leaves empty; give the number of files removed."""
        removed = 0
        for path in sorted(self.stale):
            place = self.folder / path
            with _explained(place):
                if _is_regular(place):
                    place.unlink()
                    removed += 1
                    self._remove_empty_folders(place)
        write_manifest(self.folder, self.wanted)
        return removed

    def _made_way(self, path: str) -> Path:
        place = self.folder / path
        with _explained(place):
            place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _remove_empty_folders(self, place: Path) -> None:
        with suppress(OSError):  # The first that is not empty stays, and so do those above it.
            for folder in place.parents:
                if folder == self.folder:
                    break
                folder.rmdir()


def _require_free_way(folder: Path, wanted: frozenset[str], owned: frozenset[str]) -> None:
    """Refuse links that lead out of *folder*, and whatever stands where we want to write and is not ours."""
    root = os.path.realpath(folder)
    for parent in {(folder / path).parent for path in wanted | owned}:
        if not Path(os.path.realpath(parent)).is_relative_to(root):
            raise PublishingError(
                f"{parent} leads out of {folder}: replace the link by a folder, or choose another one"
            )
    for path in sorted(wanted):
        place = folder / path
        if os.path.lexists(place) and not (path in owned and _is_regular(place)):
            raise PublishingError(
                f"{place} is in the way, and --tree did not write it: move it away, or choose another folder"
            )


def _is_regular(place: Path) -> bool:
    try:
        return stat.S_ISREG(place.lstat().st_mode)
    except FileNotFoundError:
        return False


def _is_there(place: Path, installer: PublishedFile) -> bool:
    """Say whether *place* is the installer, or a copy that was made of this state of it."""
    try:
        there = FileIdentity.of(place.stat())
    except FileNotFoundError:
        return False
    published = installer.identity
    # A build may give every installer the same date, so a copy also has to be younger than what it is a copy of.
    is_copy = (
        there.size == published.size
        and abs(there.modified_ns - published.modified_ns) < _COARSEST_DATE
        and there.changed_ns > published.changed_ns
    )
    return is_copy or there.has_same_bytes_as(published)


def _require_still(installer: PublishedFile) -> None:
    if not is_still(installer):
        raise PublishingError(
            f"{installer.path} changed while the tree was written: run this again once it has settled"
        )


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishingError(f"{place} cannot be written ({error.strerror or error}): check the folder") from error

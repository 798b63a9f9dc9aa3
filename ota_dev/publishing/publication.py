"""A publication: what is on offer at one moment, as a value; and the one that is on offer now. Touches no file."""

from collections.abc import Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.notes import Note
from ota_dev.catalog.notes_pages import pages_of
from ota_dev.catalog.releases import Catalog
from ota_dev.scan.interface import Skipped

__all__ = ["STATIC_FEED", "Changes", "LivePublication", "Publication", "PublishedFile", "StaticFeed"]

STATIC_FEED = "appcast.xml"  # the file in the folder, and the address at which it is served


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedFile:
    """Where the bytes of a download are, and the state of the file that was published."""

    path: Path
    identity: FileIdentity
    media_type: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StaticFeed:
    """The feed in a file of the folder, which is served in the place of a generated one."""

    content: bytes = b""
    media_type: str = ""
    downloads: Mapping[str, str] = field(default_factory=dict)  # what its URLs are pointed at: file name, download name
    problem: str = ""  # why there is nothing to serve; one sentence without its period


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What is on offer, immutable; the live server swaps one reference."""

    revision: int
    catalog: Catalog
    files: Mapping[str, PublishedFile]  # by download name
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()  # what the user should know, one sentence each
    other_files: int = 0  # files in the folder that are of no installer kind
    variant: Hashable = None  # what tells it from others of its revision, where somebody bent the catalog
    static_feed: StaticFeed | None = None  # where the address of the feed is for a file in the folder

    @cached_property
    def notes(self) -> Mapping[str, Note]:
        """Give all notes by the names of their pages."""
        return dict(pages_of(self.catalog))


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What one publication offers that another did not; download names in order."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]  # by another file, or by the same under another version, system or app
    removed: tuple[str, ...]
    skipped: tuple[Skipped, ...]  # that were not skipped before, or for another reason

    @classmethod
    def between(cls, before: Publication | None, after: Publication) -> "Changes":
        """Compare two publications of one folder; *before* the first there was nothing."""
        old, new = _states(before) if before else {}, _states(after)
        skipped_before = frozenset(before.skipped if before else ())
        return cls(
            added=tuple(sorted(new.keys() - old.keys())),
            replaced=tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
            removed=tuple(sorted(old.keys() - new.keys())),
            skipped=tuple(entry for entry in after.skipped if entry not in skipped_before),
        )

    def __bool__(self) -> bool:
        return bool(self.added or self.replaced or self.removed or self.skipped)


def _states(publication: Publication) -> dict[str, tuple[object, ...]]:
    """Give by download name the state of each file, and what is said of it; a static feed is a file too."""
    said = {artifact.download_name: (artifact.facts, artifact.app) for artifact in publication.catalog}
    states: dict[str, tuple[object, ...]] = {
        name: (file.identity, said.get(name)) for name, file in publication.files.items()
    }
    if (feed := publication.static_feed) and not feed.problem:
        states[STATIC_FEED] = (feed.content,)
    return states


class LivePublication:
    """The publication on offer now; swapped by the publisher's thread, read by any other."""

    def __init__(self) -> None:
        self.first: Future[Publication] = Future()
        self._current: Publication | None = None
        self._swapping = Lock()

    @property
    def current(self) -> Publication | None:
        """Give the publication on offer, `None` until the first is ready."""
        return self._current

    def offer(self, publication: Publication) -> None:
        """Put *publication* on offer."""
        with self._swapping:
            self._current = publication
        if not self.first.done():
            self.first.set_result(publication)

    def enrich(self, publication: Publication) -> None:
        """Replace the publication on offer by one that says more of the same revision; a newer one stays."""
        with self._swapping:
            if self._current is not None and self._current.revision == publication.revision:
                self._current = publication

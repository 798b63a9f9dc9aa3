"""From a folder to a publication, and the one that is on offer now."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.releases import Catalog

__all__ = ["LivePublication", "Publication", "PublishedFile", "Skipped"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not on offer, and why."""

    name: str  # as a download name
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedFile:
    """Where the bytes of a download are, and the state of the file that was published."""

    path: Path
    identity: FileIdentity
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What is on offer, immutable; the live server swaps one reference."""

    revision: int
    catalog: Catalog
    files: Mapping[str, PublishedFile]  # by download name
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[str, ...] = ()  # what the user should know, one sentence each


class LivePublication:
    """The publication on offer now; swapped by the publisher's thread, read by any other."""

    def __init__(self) -> None:
        self.first: Future[Publication] = Future()
        self._current: Publication | None = None

    @property
    def current(self) -> Publication | None:
        """Give the publication on offer, `None` until the first is ready."""
        return self._current

    def offer(self, publication: Publication) -> None:
        """Put *publication* on offer."""
        self._current = publication
        if not self.first.done():
            self.first.set_result(publication)

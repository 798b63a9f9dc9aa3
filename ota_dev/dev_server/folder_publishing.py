"""Keeps what is on offer up to date with a folder: publishes it, watches it, and publishes again what settled."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Self

from ota_dev.dev_server.observer import Observer
from ota_dev.dev_server.problems import Problems
from ota_dev.errors import OtaDevError
from ota_dev.publishing import LivePublication, Publication, Publisher
from ota_dev.watch import FolderWatch

__all__ = ["FolderPublishing"]

_PAUSE = 1.0  # seconds
_INDEXED = frozenset({"sha256"})  # the digests that the index lists once they are computed


class _StoppedError(Exception):
    """The server stops, so nobody waits for digests any more."""


class FolderPublishing:
    """Publishes a folder to *live*, now and whenever something settles in it; `with` starts and stops it.

    *required* are the digests without which the feeds cannot be written. All others are computed afterwards, when
    everything is on offer already, and only then does *examine* look at what is on offer; the callable that it is given
    says whether it still is. *problems* is told what is not on offer, and why, as long as that is so.
    """

    def __init__(
        self,
        publisher: Publisher,
        live: LivePublication,
        observer: Observer,
        *,
        required: frozenset[str] = frozenset(),
        examine: Callable[[Publication, Callable[[], bool]], None] = lambda *_: None,
        problems: Problems | None = None,
        poll: bool = False,
    ) -> None:
        self._publisher, self._live, self._observer, self._required = publisher, live, observer, required
        self._examine, self._problems = examine, problems or Problems()
        listing = publisher.scanner.listing
        self._watch = FolderWatch(
            listing.folder,
            concerns=publisher.concerns,
            settled=self._publish,
            note=observer.noted,
            recursive=listing.recursive,
            poll=poll,
        )
        self._one_at_a_time = threading.Lock()
        self._stopping = threading.Event()
        self._undigested = threading.Event()
        self._threads = [
            threading.Thread(target=self._publish, args=(None,), name="ota-dev-first-publication"),
            threading.Thread(target=self._add_digests, name="ota-dev-digests"),
        ]

    def __enter__(self) -> Self:
        with ExitStack() as on_failure:
            # The watch begins first, so that nothing can settle between the first look and the first event.
            on_failure.enter_context(self._watch)
            for thread in self._threads:
                thread.start()
            on_failure.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._undigested.set()
        self._watch.close()
        for thread in self._threads:
            thread.join()
        with self._one_at_a_time:  # Who rescans at this moment still uses what is closed next.
            pass

    def rescan(self) -> None:
        """Look at the whole folder again, and return when what is in it is on offer; safe to call from any thread."""
        self._publish(None)

    def _publish(self, changed: frozenset[Path] | None) -> None:
        with self._one_at_a_time:
            if self._stopping.is_set():
                return
            before = self._live.current
            try:
                after = self._publisher.publish(changed)
                after = self._publisher.complete(after, self._required, self._raise_when_stopping)
                problems = _not_on_offer(after)
            except _StoppedError:
                return
            except OtaDevError as error:
                if before is not None and self._publisher.folder.exists():
                    sentence = f"{error}; what was on offer before stays on offer"
                    self._problems.report("publishing", [sentence])
                    self._observer.noted(sentence)
                    return
                problems = [self._why_nothing(error)]
                after = self._publisher.nothing(*problems)
            self._live.offer(after)
            self._problems.report("publishing", problems)
            self._observer.published(before, after)
        self._undigested.set()

    def _why_nothing(self, error: Exception) -> str:
        folder = self._publisher.folder
        return str(error) if folder.exists() else f"{folder} is not there: it is served as soon as it appears"

    def _add_digests(self) -> None:
        while self._undigested.wait() and not self._stopping.is_set():
            self._undigested.clear()
            # Who waits for the feed that just changed comes first; Python shares one core among all its threads.
            if self._stopping.wait(_PAUSE):
                return
            publication = self._live.current
            if publication is None:
                continue
            self._examine(publication, partial(self._is_on_offer, publication.revision))
            try:
                self._live.enrich(self._publisher.with_digests(publication, _INDEXED, self._raise_when_stopping))
            except _StoppedError:
                return

    def _is_on_offer(self, revision: int) -> bool:
        current = self._live.current
        return not self._stopping.is_set() and current is not None and current.revision == revision

    def _raise_when_stopping(self, _: int) -> None:
        if self._stopping.is_set():
            raise _StoppedError


def _not_on_offer(publication: Publication) -> list[str]:
    return [f"{entry.name} is not on offer: {entry.reason}" for entry in publication.skipped]

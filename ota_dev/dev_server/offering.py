"""What publishes, as settings want it: from the folder and what was learned of it to what is on offer."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from typing import Self

from ota_dev.config import ServerSettings
from ota_dev.dev_server.feed_linting import FeedLinter
from ota_dev.dev_server.folder_publishing import FolderPublishing
from ota_dev.dev_server.observer import Observer
from ota_dev.dev_server.server_state import ServerState
from ota_dev.errors import UsageError
from ota_dev.feeds.interface import Feed
from ota_dev.publishing import PublishedFile, Publisher, WantedDigests
from ota_dev.publishing.static_feeds import StaticFeedReader
from ota_dev.store import Store

__all__ = ["Offering"]


class Offering:
    """Keeps what is on offer up to date, and its findings; `with` starts and stops it.

    *feed* is the one that is linted, as a client at *url* gets it.
    """

    def __init__(
        self, settings: ServerSettings, state: ServerState, feed: Feed, observer: Observer, url: Callable[[], str]
    ) -> None:
        """Check the settings.

        Raises:
            UsageError: they contradict each other.
        """
        self._settings, self._state, self._feed, self._observer, self._url = settings, state, feed, observer, url
        self._static = _static(settings)
        self._publishing: FolderPublishing | None = None
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as resources:
            remembers = self._settings.remember
            store = Store.open(note=self._observer.noted) if remembers else Store.nowhere()
            publisher = self._publisher(resources.enter_context(store))
            self._wanted = resources.enter_context(WantedDigests(publisher.digester))
            self._publishing = resources.enter_context(self._folder_publishing(publisher))
            self._resources = resources.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    def rescan(self) -> None:
        """Look at the whole folder again, and return when what is in it is on offer."""
        if self._publishing:  # Before, the first look at the folder is still to come.
            self._publishing.rescan()

    def digests_of(self, file: PublishedFile, algorithms: frozenset[str]) -> Future[Mapping[str, str]]:
        """Read digests of a *file* on offer, or remember them."""
        # A file is published only after `__enter__` made what reads its digests.
        return self._wanted.digests_of(file, algorithms)

    def _publisher(self, store: Store) -> Publisher:
        settings, key = self._settings, self._settings.key
        return Publisher.of_folder(
            settings.folder,
            store,
            signer=key.file_signer if key else None,
            sign_notes=key.sign if key and settings.links_notes else None,
            app=settings.app,
            recursive=settings.recursive,
            follow_links=settings.follow_links,
            version_from=settings.version_from,
            rules=settings.rules,
            static=self._static,
            newest=settings.newest,
        )

    def _folder_publishing(self, publisher: Publisher) -> FolderPublishing:
        problems = self._state.problems
        linter = FeedLinter.of(
            self._settings,
            self._url(),
            self._feed,
            self._state.findings,
            note=self._observer.noted,
            report=partial(problems.report, "findings"),
        )
        return FolderPublishing(
            publisher,
            self._state.live,
            self._observer,
            required=self._feed.required_digests,
            examine=linter,
            problems=problems,
            poll=self._settings.poll,
        )


def _static(settings: ServerSettings) -> StaticFeedReader | None:
    if settings.rewrite_urls and not settings.static:
        raise UsageError("--rewrite-urls is about the feed of --static: give both")
    sign = settings.key.sign_whole if settings.key else None
    return StaticFeedReader(points_here=settings.rewrite_urls, sign=sign) if settings.static else None

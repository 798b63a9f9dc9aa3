"""Where `serve` says things: text for people or JSON for programs, written by a thread of its own.

A terminal that is stopped, or a pipe that nobody reads, holds up that thread and not the server. What does not fit into
its queue meanwhile is counted and dropped.
"""

import json
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from ota_dev.catalog.expectations import Expectation
from ota_dev.catalog.releases import App
from ota_dev.cli.console import printable
from ota_dev.cli.reports.changes import change_lines, warning_lines
from ota_dev.cli.serving.client_hints import ClientHints
from ota_dev.cli.serving.request_lines import exchange_line
from ota_dev.cli.serving.start_lines import banner, labelled, offer_lines
from ota_dev.cli.serving.transfer_area import TransferArea
from ota_dev.client_setup import Target, targets
from ota_dev.feeds.interface import Feed
from ota_dev.journal import Exchange, Result, Transfer, described
from ota_dev.publishing import Changes, Publication
from ota_dev.server.control import ROOT
from ota_dev.translations import Translations

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce

__all__ = ["JsonLog", "LineWriter", "TextLog"]

MOST_WAITING = 10_000  # lines
CLOSING_LIMIT = 1.0  # seconds, twice


class LineWriter:
    """Hands lines to *write_line* on a thread of its own; `with` starts it, and writes what is left at the end.

    Whatever else moves the terminal's cursor is done there as well, so that it happens in order.
    """

    def __init__(self, write_line: Callable[[str], None]) -> None:
        self._write_line = write_line
        self._actions: queue.Queue[Callable[[], None] | None] = queue.Queue(MOST_WAITING)
        self._dropped = 0
        self._thread = threading.Thread(target=self._run, name="ota-dev-log", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(queue.Full):
            self._actions.put(None, timeout=CLOSING_LIMIT)
        self._thread.join(CLOSING_LIMIT)

    def write(self, line: str) -> None:
        """Write *line* soon."""
        try:
            self._actions.put_nowait(partial(self._write_line, line))
        except queue.Full:
            self._dropped += 1

    def do(self, action: Callable[[], None]) -> None:
        """Do *action* soon, after the lines before; a terminal that is too slow goes without."""
        with suppress(queue.Full):
            self._actions.put_nowait(action)

    def _run(self) -> None:
        while (action := self._actions.get()) is not None:
            action()
            if self._dropped and self._actions.empty():
                self._write_line(f"! {self._dropped} lines were dropped: they could not be written quickly enough")
                self._dropped = 0


@dataclass(kw_only=True)
class TextLog:
    """Speaks to people: of the start and of hints in their language, and as a log, from then on, in English."""

    write: Callable[[str], None]
    texts: Translations
    feed: Feed
    folder: str
    is_demo: bool = False
    key: "KeyInForce | None" = None
    quiet: bool = False
    verbose: bool = False
    has_keys: bool = False  # that the terminal is read for
    width: Callable[[], int | None] = lambda: None  # of the terminal, in columns; a file has none
    gives_hints: bool = False  # about clients that are seen for the first time
    transfers: TransferArea | None = None  # of a terminal; a file gets the settled lines alone
    _url: str = ""
    _apps: Sequence[App] = ()  # that are on offer
    _hints: ClientHints = field(init=False)

    def __post_init__(self) -> None:
        self._hints = ClientHints(self.texts)

    def listening(self, url: str, token: str) -> None:
        """Say that the server listens, and how to point an app at it."""
        self._url = url
        if not self.quiet:
            demo_folder = self.folder if self.is_demo else None
            self._say(banner(self.texts, url, token, self.key, demo_folder=demo_folder, has_keys=self.has_keys))

    def published(self, before: Publication | None, after: Publication) -> None:
        """Say what is on offer: all of it at first, then what changed."""
        self._apps = after.catalog.apps
        if self.quiet:
            self._say(warning_lines(before, after))
        elif before is None:
            self._say(offer_lines(self.texts, after, self.feed, self._url, self.folder, verbose=self.verbose))
        else:
            self._say(change_lines(before, after, self.feed))

    def exchanged(self, exchange: Exchange) -> None:
        """Say who asked what, and what became of it."""
        if not self.quiet:
            if self.transfers:
                self.transfers.exchanged(exchange)
            self._say([exchange_line(exchange, self.width())])
            if self.gives_hints and (hint := self._hints.about(exchange, self._target(exchange))):
                self.hinted(*hint)

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Show what is on its way, where that can be shown in one place."""
        if self.transfers and not self.quiet:
            self.transfers.transferring(transfers)

    def noted(self, sentence: str) -> None:
        """Say it, even when told to be quiet."""
        self._say([printable(f"! {sentence}")])

    def hinted(self, *sentences: str) -> None:
        """Say something that may help; it is no fault."""
        if not self.quiet:
            self._say(labelled(self.texts, "" if number else "hint", said) for number, said in enumerate(sentences))

    def judged(self, expectation: Expectation, result: Result) -> None:
        """Say what became of an expectation, even when told to be quiet."""
        self._say([printable(f"{expectation}: {result.verdict}: {result.reason}")])

    def _target(self, exchange: Exchange) -> Target:
        """Give what the app that asked is pointed at, as far as that is known."""
        known = targets(self._url, self._apps)
        return next((target for target in known if target.app_name == exchange.client.app), known[0])

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)


@dataclass(kw_only=True)
class JsonLog:
    """Speaks to programs: one JSON object a line, whose `event` says what it is about."""

    write: Callable[[str], None]
    feed: Feed
    folder: str
    is_demo: bool = False
    key: "KeyInForce | None" = None

    def listening(self, url: str, token: str) -> None:
        """Say that the server is ready: feeds are answered as soon as the folder is read."""
        key = self.key.public_key if self.key else None
        self._write(
            "ready",
            url=url,
            feed=f"{url}/{self.feed.format.file_name}",
            folder=self.folder,
            demo=self.is_demo,
            public_key=key,
            control=f"{url}{ROOT}",
            token=token,
        )

    def published(self, before: Publication | None, after: Publication) -> None:
        """Say what is on offer now, and what changed."""
        changes = Changes.between(before, after)
        self._write(
            "published",
            revision=after.revision,
            installers=len(list(after.catalog)),
            offers={
                app.key: offered[0].short_version.text
                for app in after.catalog.apps
                if (offered := self.feed.offered(app))
            },
            added=changes.added,
            replaced=changes.replaced,
            removed=changes.removed,
            skipped=[{"name": entry.name, "reason": entry.reason} for entry in after.skipped],
            notices=after.notices,
        )

    def exchanged(self, exchange: Exchange) -> None:
        """Say what a client asked and got."""
        self._write("exchange", **described(exchange))

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Say nothing: programs are told of the exchange when it has ended."""

    def noted(self, sentence: str) -> None:
        """Say something that the user should know."""
        self._write("note", message=sentence)

    def judged(self, expectation: Expectation, result: Result) -> None:
        """Say what became of an expectation."""
        self._write("expectation", expect=str(expectation), **asdict(result))

    def _write(self, event: str, **fields: Any) -> None:
        self.write(json.dumps({"event": event, **fields}))

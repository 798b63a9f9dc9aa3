"""What `generate-appcast` does: publishes a folder and writes its feed, once or whenever something settles there."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ota_dev.catalog.notes_pages import pages_of
from ota_dev.catalog.releases import App
from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.cli.console import complain, printable, progress, say, write_result
from ota_dev.cli.reports.changes import warning_lines
from ota_dev.cli.signals import stop_on_signals, wait_until_stopped
from ota_dev.cli.wording import alternates, newest_version
from ota_dev.errors import OtaDevError
from ota_dev.feeds.choosing import choose_file
from ota_dev.feeds.interface import Feed, Links
from ota_dev.publishing import Publication, Publisher, only_app, write_feed, write_notes

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce

__all__ = ["Generation", "Repeatable", "complete", "keep_up_to_date"]


class Repeatable(Protocol):
    """What can write again whenever its folder has changed."""

    publisher: Publisher

    @property
    def output(self) -> Path | None:
        """Give the file or folder that is written."""

    def run(self, changed: frozenset[Path] | None = None) -> Publication:
        """Publish the folder, or what *changed* in it, and write."""


@dataclass(kw_only=True)
class Generation:
    """Writes the feed of one folder, again and again; used by one thread at a time."""

    publisher: Publisher
    feed: Feed
    links: Links
    key: "KeyInForce | None"  # that signs the feed as a whole
    output: Path | None  # `None` is stdout
    quiet: bool
    _before: Publication | None = None

    def run(self, changed: frozenset[Path] | None = None) -> Publication:
        """Publish the folder, or what *changed* in it, write the feed, and say what was not said before.

        Raises:
            OtaDevError: there is nothing to write, or it cannot be written.
        """
        publication = complete(self.publisher, self.publisher.publish(changed), [self.feed], self.key)
        app = only_app(publication, self.publisher.folder)
        question = choose_file(self.feed, app, self.output.name if self.output else None).question
        app = question.narrowing.of(app)
        content = self.feed.render(app, self.links, question) or b""
        before, self._before = self._before, publication
        for line in warning_lines(before, publication):
            say(line)
        if before is None:
            self._tell(*(f"! {sentence}" for sentence in (*self.feed.problems(app), *alternates(app, self.feed))))
        self._write_notes(app, is_first=before is None)
        if self.output is None:
            write_result(content)
        elif self._write(self.output, content):
            self._tell(f"{self.output} now offers {newest_version(app, self.feed)}")
        elif before is None:
            self._tell(f"{self.output} is up to date: it offers {newest_version(app, self.feed)}")
        return publication

    def _write(self, output: Path, content: bytes) -> bool:
        """Write the feed and, with a key, the signature that NetSparkle looks for beside it."""
        if self.key is None:
            return write_feed(output, content)
        # In between, readers find the old feed with the new signature, or the new with the old: both are refused for
        # a moment, and neither is taken for the other.
        write_feed(output.with_name(f"{output.name}{SIGNATURE_SUFFIX}"), self.key.sign(content).encode())
        return write_feed(output, content)

    def _write_notes(self, app: App, *, is_first: bool) -> None:
        """Write the pages that the feed links to into the folder `notes` beside it, before the feed itself."""
        pages = dict(pages_of(self.feed.offered(app))) if self.links.notes else {}
        remedy = "-o FILE writes their pages into a folder beside it"
        if self.output:
            folder = self.output.with_name("notes")
            write_notes(folder, pages)
            remedy = f"publish the folder {folder} there"
        if pages and is_first:
            self._tell(f"! the feed links to notes below {self.links.notes}: {remedy}")

    def _tell(self, *sentences: str) -> None:
        if not self.quiet:
            for sentence in sentences:
                say(printable(sentence))


def complete(
    publisher: Publisher, publication: Publication, feeds: Iterable[Feed], key: "KeyInForce | None"
) -> Publication:
    """Add what *feeds* print of the installers, which may take long; show how far it is."""
    apps = publication.catalog.apps
    written = (feed for feed in feeds if any(map(feed.file_names, apps)))
    required = frozenset(chain.from_iterable(feed.required_digests for feed in written))
    size = publisher.incomplete_bytes(publication, required)
    label = "Signing" if key else "Hashing"
    with progress(size, label) if size else nullcontext(lambda _: None) as advance:
        return publisher.complete(publication, required, advance)


def keep_up_to_date(generation: Repeatable, *, poll: bool) -> None:
    """Run again whenever something settles in the folder, until the command is told to stop."""
    from ota_dev.watch import FolderWatch  # The first run alone must not pay for it.

    one_at_a_time = Lock()

    def run_again(changed: frozenset[Path] | None) -> None:
        try:
            with one_at_a_time:
                generation.run(changed)
        except OtaDevError as error:
            complain(f"{error}; {generation.output} stays as it was")

    scanner, requests = generation.publisher.scanner, stop_on_signals()
    with FolderWatch(
        scanner.listing.folder,
        concerns=scanner.concerns,
        settled=run_again,
        note=complain,
        recursive=scanner.listing.recursive,
        poll=poll,
    ):
        run_again(None)  # Something may have settled between the first run and now.
        wait_until_stopped(requests)

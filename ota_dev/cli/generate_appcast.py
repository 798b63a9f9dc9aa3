"""`ota-dev generate-appcast`: the feed of a folder, to stdout or to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.cli.console import ExitCode, complain, progress, say, write_result
from ota_dev.cli.options import App, BaseUrl, Dir, FollowLinks, NoCache, Poll, Quiet, Recursive, Template, VersionFrom
from ota_dev.cli.signals import stop_on_signals, wait_until_stopped
from ota_dev.errors import OtaDevError, UsageError
from ota_dev.journal import escape_control

if TYPE_CHECKING:
    from ota_dev.feeds.interface import Feed, Links
    from ota_dev.publishing import Publication, Publisher

__all__ = ["generate_appcast"]

DEFAULT_BASE_URL = "http://127.0.0.1:8080/downloads"  # where `serve` offers the same installers


def generate_appcast(
    directory: Dir = Path("dist"),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Replace this file atomically. [default: stdout]")
    ] = None,
    base_url: BaseUrl = None,
    template: Template = None,
    watch: Annotated[bool, typer.Option("--watch", help="Keep the file of --output up to date until Ctrl-C.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when an installer was skipped.")] = False,
    app: App = None,
    recursive: Recursive = False,
    follow_links: FollowLinks = False,
    version_from: VersionFrom = None,
    poll: Poll = False,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Write the appcast of a folder of installers.

    The links are the base URL and the name of each installer. Skipped installers are named on stderr.
    """
    from ota_dev.config import appcast_feed, checked_base_url
    from ota_dev.feeds.interface import Links
    from ota_dev.publishing import Publisher
    from ota_dev.store import Store

    if watch and output is None:
        raise UsageError("--watch keeps a file up to date: name it with -o FILE")
    feed = appcast_feed(template)
    links = Links(f"{checked_base_url(base_url or DEFAULT_BASE_URL)}/")
    if base_url is None:
        say(f"! links begin with {DEFAULT_BASE_URL}/, where `ota-dev serve` offers them: change that with --base-url")
    with Store.nowhere() if no_cache else Store.open(note=complain) as store:
        publisher = Publisher.of_folder(
            directory, store, app=app, recursive=recursive, follow_links=follow_links, version_from=version_from
        )
        generation = _Generation(publisher=publisher, feed=feed, links=links, output=output, quiet=quiet)
        publication = generation.run()
        if watch:
            generation.watch(poll=poll)
    if strict and publication.skipped:
        raise typer.Exit(ExitCode.FINDINGS)


@dataclass(kw_only=True)
class _Generation:
    publisher: Publisher
    feed: Feed
    links: Links
    output: Path | None
    quiet: bool

    def run(self, changed: frozenset[Path] | None = None) -> Publication:
        """Publish, and write the feed."""
        from ota_dev.publishing import only_app, write_feed

        publication = self._with_required_digests(self.publisher.publish(changed))
        app = only_app(publication, self.publisher.folder)
        content = self.feed.render(app, self.links)
        for skipped in publication.skipped:
            self._say(f"! {skipped.name} is left out: {skipped.reason}")
        for alternate in self.feed.alternates(app):
            self._say(f"! {alternate.left_out.download_name} is left out: {alternate.chosen.download_name} is offered")
        for notice in publication.notices:
            self._say(f"! {notice}")
        if self.output is None:
            write_result(content)
        elif write_feed(self.output, content):
            self._say(f"{self.output} offers {app.newest.short_version if app.newest else 'nothing'}")
        return publication

    def watch(self, *, poll: bool) -> None:
        """Run again whenever something settles in the folder, until the command is told to stop."""
        from ota_dev.watch import FolderWatch

        def settled(changed: frozenset[Path] | None) -> None:
            try:
                self.run(changed)
            except OtaDevError as error:
                complain(f"{error}; {self.output} stays as it was")

        scanner = self.publisher.scanner
        stop = stop_on_signals()
        with FolderWatch(
            self.publisher.folder,
            concerns=scanner.concerns,
            settled=settled,
            note=complain,
            recursive=scanner.listing.recursive,
            poll=poll,
        ):
            settled(None)
            wait_until_stopped(stop)

    def _with_required_digests(self, publication: Publication) -> Publication:
        if not (required := self.feed.required_digests):
            return publication
        with progress(self.publisher.unread_bytes(publication, required), "Hashing") as advance:
            return self.publisher.with_digests(publication, required, advance)

    def _say(self, message: str) -> None:
        if not self.quiet:
            say(escape_control(message))

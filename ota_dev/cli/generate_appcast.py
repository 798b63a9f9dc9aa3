"""`ota-dev generate-appcast`: the feed of a folder, to stdout or to a file."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.cli.configured import ConfigFile, Environment, configuration_of
from ota_dev.cli.console import ExitCode, complain, say
from ota_dev.cli.key_options import find_key_in_force
from ota_dev.cli.options import (
    App,
    BaseUrl,
    Dir,
    FollowLinks,
    Key,
    NoCache,
    Notes,
    NotesPlace,
    Poll,
    Quiet,
    Recursive,
    SignFeed,
    Template,
    VersionFrom,
)
from ota_dev.cli.policy_options import with_policy_options
from ota_dev.errors import UsageError

__all__ = ["generate_appcast"]

DEFAULT_BASE_URL = "http://127.0.0.1:8080/downloads"  # where `serve` offers the same installers
DEFAULT_NOTES_URL = "http://127.0.0.1:8080/notes/"  # and the notes of them


@with_policy_options
def generate_appcast(
    ctx: typer.Context,
    directory: Dir = Path("dist"),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Replace this file atomically. [default: stdout]")
    ] = None,
    base_url: BaseUrl = None,
    template: Template = None,
    notes: Notes = NotesPlace.EMBED,
    merge: Annotated[
        Path | None,
        typer.Option(
            "--merge",
            metavar="FILE",
            help="Merge into this feed, often that of -o: what it has already keeps its policy, notes and edits.",
            dir_okay=False,
        ),
    ] = None,
    maximum_versions: Annotated[
        int | None,
        typer.Option("--maximum-versions", min=0, help="Keep so many versions of each branch. [default: all]"),
    ] = None,
    key: Key = None,
    sign_feed: SignFeed = False,
    allow_test_key: Annotated[
        bool, typer.Option("--allow-test-key", help="Sign with the test key of this user, which no app may ship with.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Keep the file of --output up to date until Ctrl-C.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when an installer was skipped.")] = False,
    app: App = None,
    recursive: Recursive = False,
    follow_links: FollowLinks = False,
    version_from: VersionFrom = None,
    newest: Policy = NOTHING_SAID,
    poll: Poll = False,
    no_cache: NoCache = False,
    quiet: Quiet = False,
    config_file: ConfigFile = None,  # noqa: ARG001  # handled by its callback, as is the next
    environment: Environment = None,  # noqa: ARG001
) -> None:
    """Write the appcast of a folder of installers.

    The links are the base URL and the name of each installer. Skipped installers are named on stderr.
    """
    from ota_dev.cli.generation import Generation, keep_up_to_date, merged_feed
    from ota_dev.config import appcast_feed, checked_base_url
    from ota_dev.feeds.interface import Feed, Links
    from ota_dev.publishing import Publisher
    from ota_dev.store import Store

    if watch and output is None:
        raise UsageError("--watch keeps a file up to date: name it with -o FILE")
    feed: Feed = appcast_feed(template)
    key_in_force = find_key_in_force(key, sign_feed=sign_feed)
    if merge or maximum_versions:
        sign = key_in_force.sign_whole if key_in_force else None
        feed = merged_feed(feed, merge, maximum_versions, sign, output)
    if key_in_force:
        if key_in_force.is_test and not allow_test_key:
            raise UsageError("this is the test key of `serve --sign`, which no app may ship with: see --allow-test-key")
        feed = key_in_force.signed(feed)
    base = checked_base_url(base_url or DEFAULT_BASE_URL)
    notes_base = f"{base}/notes/" if base_url else DEFAULT_NOTES_URL
    links = Links(f"{base}/", notes=notes_base if notes is NotesPlace.LINK else None)
    with Store.nowhere() if no_cache else Store.open(note=complain) as store:
        publisher = Publisher.of_folder(
            directory,
            store,
            signer=key_in_force.file_signer if key_in_force else None,
            sign_notes=key_in_force.sign if key_in_force and links.notes else None,
            app=app,
            recursive=recursive,
            follow_links=follow_links,
            version_from=version_from,
            rules=configuration_of(ctx).rules,
            newest=newest,
        )
        generation = Generation(
            publisher=publisher, feed=feed, links=links, key=key_in_force, output=output, quiet=quiet
        )
        # One run makes values and lets none go before its end, so looking for garbage among them is time lost.
        gc.disable()
        publication = generation.run()
        gc.enable()
        if base_url is None and not quiet:
            say(f"! the links begin with {links.downloads}, where `ota-dev serve` has them: change it with --base-url")
        if watch:
            keep_up_to_date(generation, poll=poll)
    if strict and publication.skipped:
        raise typer.Exit(ExitCode.FINDINGS)

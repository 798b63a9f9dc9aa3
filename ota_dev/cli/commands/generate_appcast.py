"""`ota-dev generate-appcast`: the feed of a folder, to stdout or to a file, or every feed as a tree of files."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.cli.console import ExitCode, complain, say
from ota_dev.cli.options.configuration import ConfigFile, Environment, configuration_of
from ota_dev.cli.options.keys import find_key_in_force
from ota_dev.cli.options.policy import with_policy_options
from ota_dev.cli.options.publishing import (
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
from ota_dev.errors import UsageError

__all__ = ["generate_appcast"]

DEFAULT_BASE_URL = "http://127.0.0.1:8080"  # of `serve`


@with_policy_options
def generate_appcast(
    ctx: typer.Context,
    directory: Dir = Path("dist"),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Replace this file atomically. [default: stdout]")
    ] = None,
    tree: Annotated[
        Path | None,
        typer.Option(
            "--tree", metavar="DIR", help="Write every narrowed feed and the installers here, for a static host."
        ),
    ] = None,
    feeds_only: Annotated[bool, typer.Option("--feeds-only", help="Leave the installers out of --tree.")] = False,
    tree_channel: Annotated[
        list[str] | None,
        typer.Option("--tree-channel", help="A channel that clients ask for though nothing is on it; repeatable."),
    ] = None,
    tree_language: Annotated[
        list[str] | None,
        typer.Option("--tree-language", help="A language that clients ask for though it has no notes; repeatable."),
    ] = None,
    base_url: BaseUrl = None,
    feed_format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="The feed: appcast, electron-updater, netsparkle-json, tauri, velopack, squirrel-windows or "
            "squirrel-mac. [default: appcast]",
        ),
    ] = "",
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
    watch: Annotated[bool, typer.Option("--watch", help="Keep the file or the tree up to date until Ctrl-C.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when an installer was skipped.")] = False,
    lint: Annotated[bool, typer.Option("--lint", help="Write no feed that has errors, and exit with 1.")] = False,
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
    from ota_dev.cli.generating.chosen_feed import FeedWishes, chosen_feed
    from ota_dev.cli.generating.feed import Generation, Repeatable, keep_up_to_date
    from ota_dev.config import checked_base_url, feeds_of
    from ota_dev.feeds.formats import Feeds
    from ota_dev.feeds.interface import Links
    from ota_dev.publishing import Publisher
    from ota_dev.store import Store

    has_tree_options = feeds_only or bool(tree_channel) or bool(tree_language)
    _require_one_place(output, tree, watch=watch, merge=merge is not None, has_tree_options=has_tree_options)
    if tree and feed_format:
        raise UsageError("--tree writes every feed, and --format chooses one: leave one of them out")
    key_in_force = find_key_in_force(key, sign_feed=sign_feed)
    if key_in_force and key_in_force.is_test and not allow_test_key:
        raise UsageError("this is the test key of `serve --sign`, which no app may ship with: see --allow-test-key")
    feeds = feeds_of(template)
    wishes = FeedWishes(
        format_name=feed_format, output=output, merge=merge, maximum_versions=maximum_versions, lint=lint
    )
    feed = chosen_feed(feeds, wishes, key_in_force)
    root = checked_base_url(base_url or DEFAULT_BASE_URL)
    # The base URL of one feed is that of the installers, as Sparkle's --download-url-prefix is; a tree's is its root.
    downloads = f"{root}/" if base_url and tree is None else f"{root}/downloads/"
    links = Links(downloads, notes=f"{root}/notes/" if notes is NotesPlace.LINK else None)
    if tree is not None:
        from ota_dev.cli.generating.tree import TreeGeneration, static_tree

        whole_tree = static_tree(
            tree,
            installers=directory,
            feeds=Feeds({**feeds, feed.format.name: feed}),
            links=links,
            key=key_in_force,
            feeds_only=feeds_only,
            channels=tree_channel or (),
            languages=tree_language or (),
        )
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
        generation: Repeatable
        if tree is None:
            generation = Generation(
                publisher=publisher, feed=feed, links=links, key=key_in_force, output=output, quiet=quiet
            )
        else:
            generation = TreeGeneration(publisher=publisher, tree=whole_tree, key=key_in_force, quiet=quiet)
        # One run makes values and lets none go before its end, so looking for garbage among them is time lost.
        gc.disable()
        try:
            publication = generation.run()
        finally:
            gc.enable()
        if base_url is None and not quiet:
            say(f"! the links begin with {links.downloads}, where `ota-dev serve` has them: change it with --base-url")
        if watch:
            keep_up_to_date(generation, poll=poll)
    if strict and publication.skipped:
        raise typer.Exit(ExitCode.FINDINGS)


def _require_one_place(
    output: Path | None, tree: Path | None, *, watch: bool, merge: bool, has_tree_options: bool
) -> None:
    """Refuse options that do not go with where the command writes to."""
    problems = {
        "--watch keeps a file up to date: name it with -o FILE, or a whole tree with --tree DIR": (
            watch and output is None and tree is None
        ),
        "-o FILE and --tree DIR are two places to write to: choose one": output is not None and tree is not None,
        "--merge is about one feed and --tree writes many: write the merged one with -o FILE": merge
        and tree is not None,
        "--feeds-only, --tree-channel and --tree-language are about a tree: name it with --tree DIR": (
            has_tree_options and tree is None
        ),
    }
    for sentence, applies in problems.items():
        if applies:
            raise UsageError(sentence)

"""What `generate-appcast --tree` does: publishes a folder and writes every feed of it, once or again and again.

Prints what came of it; what is in a tree, and how it is written, is `ota_dev.publishing.static_tree`'s.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ota_dev.catalog.languages import language_tag
from ota_dev.catalog.policy_values import channel_name
from ota_dev.cli.console import printable, say
from ota_dev.cli.generating.feed import complete
from ota_dev.cli.reports.changes import warning_lines
from ota_dev.cli.wording import alternates
from ota_dev.cli.wording import installers as counted_installers
from ota_dev.errors import UsageError
from ota_dev.feeds.formats import Feeds
from ota_dev.feeds.interface import Links
from ota_dev.publishing import Publication, Publisher, apps_on_offer
from ota_dev.publishing.static_tree import StaticTree, Written

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce

__all__ = ["TreeGeneration", "static_tree"]


@dataclass(kw_only=True)
class TreeGeneration:
    """Writes the tree of one folder, again and again; used by one thread at a time."""

    publisher: Publisher
    tree: StaticTree
    key: "KeyInForce | None"
    quiet: bool
    _before: Publication | None = None

    @property
    def output(self) -> Path:
        """Give the folder of the tree."""
        return self.tree.folder

    def run(self, changed: frozenset[Path] | None = None) -> Publication:
        """Publish the folder, or what *changed* in it, write the tree, and say what was not said before.

        Raises:
            OtaDevError: there is nothing to write, or it cannot be written.
        """
        publication = complete(self.publisher, self.publisher.publish(changed), self.tree.feeds.values(), self.key)
        apps = apps_on_offer(publication, self.publisher.folder)
        before, self._before = self._before, publication
        for line in warning_lines(before, publication):
            say(line)
        if before is None and not self.quiet:
            for app in apps:
                for sentence in alternates(app, self.tree.feeds.main):
                    say(f"! {sentence}")
        written = self.tree.write(publication)
        if (written or before is None) and not self.quiet:
            say(printable(_summary(written, self.tree.folder)))
        return publication


def static_tree(
    folder: Path,
    *,
    installers: Path,
    feeds: Feeds,
    links: Links,
    key: "KeyInForce | None",
    feeds_only: bool,
    channels: Sequence[str],
    languages: Sequence[str],
) -> StaticTree:
    """Put together the tree that the options of the command describe, for a folder of *installers*.

    Raises:
        UsageError: an option cannot be used.
    """
    one, other = Path(os.path.realpath(folder)), Path(os.path.realpath(installers))
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise UsageError(f"--tree {folder} and --dir {installers} lie one in the other: choose a folder elsewhere")
    return StaticTree(
        folder=folder,
        feeds=feeds,
        links=links,
        channels=_checked("--tree-channel", channels, channel_name),
        languages=_checked("--tree-language", languages, _language),
        has_installers=not feeds_only,
        sign=key.sign if key else None,
    )


def _checked(option: str, texts: Sequence[str], check: Callable[[str], str]) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(map(check, texts)))
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def _language(text: str) -> str:
    """Check a tag, which keeps the spelling that clients use."""
    if language_tag(text) is None:
        raise ValueError(f"{text!r} is no language, write a tag such as de or zh-CN")
    return text


def _summary(written: Written, folder: Path) -> str:
    if not written:
        held = (_feeds(written.feeds), counted_installers(written.installers) if written.installers else "")
        return f"{folder} is up to date: {', '.join(filter(None, held))}"
    wrote = (
        _feeds(written.new_feeds) if written.new_feeds else "",
        _pages(written.new_pages) if written.new_pages else "",
    )
    done = (
        f"wrote {' and '.join(filter(None, wrote))}" if any(wrote) else "",
        f"linked {counted_installers(written.linked)}" if written.linked else "",
        f"copied {counted_installers(written.copied)}" if written.copied else "",
        f"removed {_files(written.removed)}" if written.removed else "",
    )
    return f"{', '.join(filter(None, done))} {'in' if written.removed else 'to'} {folder}"


def _feeds(count: int) -> str:
    return "1 feed" if count == 1 else f"{count} feeds"


def _pages(count: int) -> str:
    return "1 page of notes" if count == 1 else f"{count} pages of notes"


def _files(count: int) -> str:
    return "1 stale file" if count == 1 else f"{count} stale files"

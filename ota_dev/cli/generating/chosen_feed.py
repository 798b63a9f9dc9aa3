"""Which feed `generate-appcast` writes, and what becomes of what it renders: merged, signed and linted, in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ota_dev.cli.console import printable, say
from ota_dev.documents import suggestion
from ota_dev.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from ota_dev.feeds.formats import Feeds
    from ota_dev.feeds.interface import Feed
    from ota_dev.publishing.key_in_force import KeyInForce

__all__ = ["FeedWishes", "chosen_feed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedWishes:
    """What the options say of the feed."""

    format_name: str  # empty for the main one
    output: Path | None
    merge: Path | None  # an existing feed
    maximum_versions: int | None
    lint: bool


def chosen_feed(feeds: Feeds, wishes: FeedWishes, key: KeyInForce | None) -> Feed:
    """Choose a feed, and give it as it is to be rendered; with a *key*, signed.

    Raises:
        UsageError: there is no such feed, or a wish is not about it.
    """
    feed = _named(feeds, wishes)
    if wishes.merge or wishes.maximum_versions:
        feed = _merged(feed, wishes, key)
    if key:
        feed = key.signed(feed)
    if wishes.lint:
        from ota_dev.cli.generating.linted_feed import linted

        feed = linted(feed)
    return feed


def _named(feeds: Feeds, wishes: FeedWishes) -> Feed:
    """Choose a feed by the name of its format, and refuse the wishes that are about the main one alone."""
    name = wishes.format_name
    if name and name not in feeds:
        raise UsageError(f"--format {name}: there is no such feed, {suggestion(name, feeds)}")
    feed = feeds[name] if name else feeds.main
    about_the_main = {
        "--merge": wishes.merge,
        "--maximum-versions": wishes.maximum_versions,
        "--lint": wishes.lint,
    }
    for option, value in about_the_main.items():
        if value and feed is not feeds.main:
            raise UsageError(f"{option} is about the {feeds.main.format.name}: leave it, or --format {name}, out")
    return feed


def _merged(feed: Feed, wishes: FeedWishes, key: KeyInForce | None) -> Feed:
    """Give *feed* merged into an existing one; the file that is also the output may be missing the first time."""
    from ota_dev.publishing.finished_feeds import FinishedFeed
    from ota_dev.publishing.merged_feeds import Merging  # The reader is for those who have a feed to read.

    said: set[str] = set()

    def note_once(sentence: str) -> None:
        if sentence not in said:
            said.add(sentence)
            say(printable(f"! {sentence}"))

    merging = Merging(
        existing=wishes.merge,
        maximum_versions=wishes.maximum_versions,
        begins_anew=_is_same(wishes.merge, wishes.output),
        note=note_once,
        sign=key.sign_whole if key else None,
    )
    return FinishedFeed(feed=feed, finish=merging)


def _is_same(existing: Path | None, output: Path | None) -> bool:
    return existing is not None and output is not None and existing.absolute() == output.absolute()

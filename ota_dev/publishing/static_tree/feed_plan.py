"""Which feeds a static host needs, and under which paths clients ask for each. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ota_dev.catalog.releases import App
from ota_dev.errors import PublishingError
from ota_dev.feeds.interface import Feed, Links, Question

__all__ = ["PlannedFeed", "every_feed", "plan_feeds"]

MOST_FEEDS = 10_000  # files; an app for three systems in ten languages on three channels has some 900


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedFeed:
    """One feed, and all the paths that lead to it."""

    app: App
    feed: Feed
    question: Question
    paths: tuple[str, ...]  # below the root of the tree, not percent-encoded
    beside: tuple[str, ...] = ()  # the download names that clients look for in the folders of these paths

    def render(self, links: Links) -> bytes:
        """Render it; what has no content is an empty file."""
        return self.feed.render(self.question.narrowing.of(self.app), links, self.question) or b""

    def installers(self) -> Iterator[tuple[str, str]]:
        """Give the path and the download name of each installer that belongs beside it."""
        for folder in {path.rpartition("/")[0] for path in self.paths}:
            yield from ((f"{folder}/{name}".lstrip("/"), name) for name in self.beside)


def plan_feeds(
    apps: Sequence[App], feeds: Iterable[Feed], *, channels: Sequence[str] = (), languages: Sequence[str] = ()
) -> tuple[PlannedFeed, ...]:
    """Plan *feeds* of *apps*, at the top for one, below `apps/` for several.

    Every channel that something is on and every language that has notes is laid out; *channels* and *languages* are
    what clients ask for beyond those.

    Raises:
        PublishingError: there would be more files than anybody wants.
    """
    planned: list[PlannedFeed] = []
    count = 0
    for feed in every_feed(apps, feeds, channels=channels, languages=languages):
        planned.append(feed)
        count += len(feed.paths)
        if count > MOST_FEEDS:
            raise PublishingError(
                f"the tree would hold more than {MOST_FEEDS:,} feeds, since it has each channel in each language: "
                "choose one app with --app, or name fewer channels and languages"
            )
    return tuple(planned)


def every_feed(
    apps: Sequence[App], feeds: Iterable[Feed], *, channels: Sequence[str] = (), languages: Sequence[str] = ()
) -> Iterator[PlannedFeed]:
    """Give the feeds that `plan_feeds` plans, one by one and however many they are; the whole feed of an app first."""
    for app, feed in product(apps, feeds):
        folder = f"apps/{app.key}/" if len(apps) > 1 else ""
        for file in feed.files(app, channels, languages):
            paths = tuple(folder + path for path in file.paths)
            yield PlannedFeed(app=app, feed=feed, question=file.question, paths=paths, beside=file.beside)

"""Which feeds a static host needs, and under which paths clients ask for each. Pure.

A static host cannot compute an answer, so each narrowing is a file under every spelling that clients use. An operating
system is laid out once something for it is on offer, and then for every architecture that clients on it have: one
without an installer is told that there is no update, as the live server does, instead of getting an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import PublishingError
from ota_dev.feeds.addresses import FeedAddress

__all__ = ["PlannedFeed", "every_feed", "plan_feeds"]

MOST_FEEDS = 10_000  # files; an app for three systems in ten languages on three channels has some 900

_ARCHITECTURES = {
    Platform.MACOS: (Architecture.ARM64, Architecture.X86_64),
    Platform.WINDOWS: (Architecture.X86_64, Architecture.ARM64, Architecture.X86),
    Platform.LINUX: (Architecture.X86_64, Architecture.ARM64),
}
_SPELLINGS = {
    Architecture.ARM64: ("arm64", "aarch64"),
    Architecture.X86_64: ("x86_64", "amd64", "x64"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedFeed:
    """One feed, and all the paths that lead to it."""

    app: App
    narrowing: Narrowing
    paths: tuple[str, ...]  # below the root of the tree, not percent-encoded


def plan_feeds(
    apps: Sequence[App], file: str, *, channels: Sequence[str] = (), languages: Sequence[str] = ()
) -> tuple[PlannedFeed, ...]:
    """Plan the feeds of *apps*, at the top for one, below `apps/` for several; *file* is the whole feed's name.

    Every channel that something is on and every language that has notes is laid out; *channels* and *languages* are
    what clients ask for beyond those.

    Raises:
        PublishingError: there would be more files than anybody wants.
    """
    planned: list[PlannedFeed] = []
    count = 0
    for feed in every_feed(apps, file, channels=channels, languages=languages):
        planned.append(feed)
        count += len(feed.paths)
        if count > MOST_FEEDS:
            raise PublishingError(
                f"the tree would hold more than {MOST_FEEDS:,} feeds, since it has each channel in each language: "
                "choose one app with --app, or name fewer channels and languages"
            )
    return tuple(planned)


def every_feed(
    apps: Sequence[App], file: str, *, channels: Sequence[str] = (), languages: Sequence[str] = ()
) -> Iterator[PlannedFeed]:
    """Give the feeds that `plan_feeds` plans, one by one and however many they are; the whole feed of an app first."""
    for app in apps:
        yield from _feeds_of(app, app.key if len(apps) > 1 else None, file, channels, languages)


def _feeds_of(
    app: App, folder: str | None, file: str, channels: Sequence[str], languages: Sequence[str]
) -> Iterator[PlannedFeed]:
    for channel, language, (platform, architecture) in product(
        (None, *sorted(app.channels.union(channels))),
        (None, *sorted({*languages}.union(*app.languages))),
        _targets(app),
    ):
        narrowing = Narrowing(
            platform=platform,
            architecture=architecture,
            channel=channel,
            languages=(language,) if language else None,
        )
        addresses = (
            FeedAddress(file, folder, channel, platform.value if platform else None, spelling, language)
            for spelling in _spellings(architecture)
        )
        yield PlannedFeed(app=app, narrowing=narrowing, paths=tuple(address.path for address in addresses))


def _targets(app: App) -> Iterator[tuple[Platform | None, Architecture | None]]:
    yield None, None
    for platform, usual in _ARCHITECTURES.items():
        offered = [artifact.architecture for artifact in app.artifacts if artifact.platform is platform]
        if offered:
            yield platform, None
            for architecture in dict.fromkeys((*usual, *offered)):
                if architecture is not Architecture.UNKNOWN:
                    yield platform, architecture


def _spellings(architecture: Architecture | None) -> tuple[str | None, ...]:
    return _SPELLINGS.get(architecture, (architecture.value,)) if architecture else (None,)

"""Which NuGet packages Velopack and Squirrel.Windows are offered, and on which channels. Pure.

1. The packages of a release are made by `vpk` or Squirrel: nothing else in a folder can become one.
2. Each system has a default channel of its own; the name of any other says its system where it begins with one.
3. What was built for a channel is alone on it, as in the folder of a release: the default channel's packages would
   be taken for newer or equal ones, though they may be for another architecture.

Source: `vpk` of Velopack 1.2, which names channels `win`, `osx`, `linux`, `linux-arm64`, `win-x64-stable` and so on.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.addresses import in_channel
from ota_dev.feeds.interface import FeedFile, FeedName, Question
from ota_dev.feeds.one_kind import Selection, select

__all__ = ["CHANNEL", "channel_file_names", "channel_files", "read_channel", "select_packages"]

CHANNEL = r"[A-Za-z0-9._-]{1,100}"

_DEFAULTS = {Platform.WINDOWS: "win", Platform.MACOS: "osx", Platform.LINUX: "linux"}
_SYSTEM = re.compile(r"(win|osx|linux)(?![A-Za-z0-9])")

_NamesOf = Callable[[str], tuple[str, ...]]  # of the feed of a channel, one for each spelling that clients use


def read_channel(name: str) -> FeedName:
    """Read what the name of a channel narrows a feed to."""
    return FeedName(system=_system(name), channel=None if name in _DEFAULTS.values() else name)


def select_packages(app: App, client: str) -> Selection:
    """Choose the packages that *client* is offered of *app*, system by system."""
    systems = [[a for a in app.artifacts if a.platform is platform] for platform in _DEFAULTS]
    with_packages = [artifacts for artifacts in systems if any(map(_is_package, artifacts))]
    chosen = Selection()
    for artifacts in with_packages or systems:
        chosen += _select(artifacts, client)
    return chosen


def channel_file_names(app: App, names_of: _NamesOf, client: str) -> tuple[str, ...]:
    """Name the feed of each channel that *client* is offered something on."""
    return tuple(
        names_of(channel.name)[0]
        for channel in _channels(app)
        if channel.folder is None and select_packages(channel.narrowing.of(app), client).offers
    )


def channel_files(app: App, channels: Sequence[str], names_of: _NamesOf) -> Iterator[FeedFile]:
    """Lay out every channel that something is on, and these *channels*, below its own name and in its folder."""
    for channel in _channels(app, channels):
        paths = tuple(in_channel(channel.folder, name) for name in names_of(channel.name))
        seen = channel.narrowing.of(app)
        beside = (name for a in seen.artifacts if _is_package(a) for name in a.download_names)
        yield FeedFile(paths=paths, question=Question(narrowing=channel.narrowing), beside=tuple(beside))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Channel:
    name: str  # in the name of the feed
    narrowing: Narrowing
    folder: str | None = None  # the channel whose folder the feed is in


def _channels(app: App, asked: Sequence[str] = ()) -> Iterator[_Channel]:
    packages = [artifact for artifact in app.artifacts if _is_package(artifact)]
    platforms = [platform for platform in _DEFAULTS if any(a.platform is platform for a in packages)]
    yield from (_Channel(name=_DEFAULTS[platform], narrowing=Narrowing(platform=platform)) for platform in platforms)
    for channel in sorted(app.channels.union(asked).difference(_DEFAULTS.values())) if packages else ():
        system = _system(channel)
        named = Narrowing(platform=Platform.named(system) if system else None, channel=channel)
        yield _Channel(name=channel, narrowing=named)
        for platform in platforms:
            narrowing = Narrowing(platform=platform, channel=channel)
            yield _Channel(name=_DEFAULTS[platform], narrowing=narrowing, folder=channel)


def _select(artifacts: list[Artifact], client: str) -> Selection:
    nested = [a for a in artifacts if _is_package(a) and "/" in a.download_name]
    built_for_channel = [a for a in artifacts if a.facts.channel and a.policy.channel is None]
    there = [artifact for artifact in built_for_channel or artifacts if artifact not in nested]
    needs = f"{client} needs the nupkg of a release, which only its own tool makes"
    in_folders = tuple(
        f"{a.download_name} is left out: {client} knows no folders, so put it at the top" for a in nested
    )
    return Selection(problems=in_folders) + select(there, PackageKind.NUPKG, needs)


def _is_package(artifact: Artifact) -> bool:
    return artifact.kind is PackageKind.NUPKG


def _system(channel: str) -> str | None:
    match = _SYSTEM.match(channel)
    return match[1] if match else None

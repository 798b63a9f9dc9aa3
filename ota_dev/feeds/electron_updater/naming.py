"""The names of electron-updater's feeds. Pure.

    {channel}.yml, {channel}-mac.yml, {channel}-linux[-{arch}].yml

Source: `Provider.ts` of electron-updater 6. The default channel is called `latest`; Windows and macOS have all
architectures in one file, Linux has one for each, of which x64 alone is not named.

A folder may hold other YAML (`docker-compose.yml`, `app-update.yml`), so a channel that stands alone is one word, as
electron-builder makes it of a pre-release. For Windows, a channel with another name is found in its folder.
"""

import re
from collections.abc import Iterator, Sequence

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.addresses import in_channel
from ota_dev.feeds.electron_updater.selection import is_usable
from ota_dev.feeds.interface import FeedFile, FeedName, Question

__all__ = ["DEFAULT_CHANNEL", "feed_files", "file_names", "read_name"]

DEFAULT_CHANNEL = "latest"

_WORD = r"[A-Za-z][A-Za-z0-9]{0,99}"
_CHANNEL = r"[A-Za-z0-9._-]{1,100}"
_SYSTEM = r"mac|linux(?:-(?P<architecture>arm64|armv7l|arm|ia32))?"
_NAME = re.compile(rf"(?:(?P<word>{_WORD})|(?P<channel>{_CHANNEL}?)-(?P<system>{_SYSTEM}))\.yml")
_ON_LINUX = {
    Architecture.X86_64: "-linux",
    Architecture.ARM64: "-linux-arm64",
    Architecture.ARM: "-linux-arm",
    Architecture.X86: "-linux-ia32",
}
_USUAL = (Architecture.X86_64, Architecture.ARM64)

_Target = tuple[str, Platform, Architecture | None]  # with what it adds to the name of a channel


def read_name(name: str) -> FeedName | None:
    """Read what *name* narrows the feed to, `None` when it is the name of another file."""
    match = _NAME.fullmatch(name)
    if not match:
        return None
    system, architecture = (match["system"] or "windows").partition("-")[0], match["architecture"]
    channel = match["word"] or match["channel"]
    return FeedName(
        system=system,
        architecture=architecture or ("x86_64" if system == "linux" else None),
        channel=None if channel == DEFAULT_CHANNEL else channel,
    )


def file_names(app: App) -> tuple[str, ...]:
    """Name the feeds of each channel for the targets that *app* has an installer for."""
    return tuple(
        _paths(channel, suffix)[0]
        for channel in (None, *sorted(app.channels))
        for suffix, platform, architecture in _targets(app)
        if any(map(is_usable, app.on_channel(channel).narrowed(platform, architecture).artifacts))
    )


def feed_files(app: App, channels: Sequence[str]) -> Iterator[FeedFile]:
    """Lay out every channel that something is on, and these *channels*, below its own name and in its folder."""
    for channel in (None, *sorted(app.channels.union(channels))):
        for suffix, platform, architecture in _targets(app):
            narrowing = Narrowing(platform=platform, architecture=architecture, channel=channel)
            yield FeedFile(paths=_paths(channel, suffix), question=Question(narrowing=narrowing))


def _paths(channel: str | None, suffix: str) -> tuple[str, ...]:
    in_folder = in_channel(channel, f"{DEFAULT_CHANNEL}{suffix}.yml")
    own = f"{channel}{suffix}.yml"
    return (own, in_folder) if channel and read_name(own) else (in_folder,)


def _targets(app: App) -> Iterator[_Target]:
    """Give the targets of systems that something usable is on offer for; on Linux those that clients have."""
    usable = [artifact for artifact in app.artifacts if is_usable(artifact)]
    systems = {artifact.platform for artifact in usable}
    if Platform.WINDOWS in systems:
        yield "", Platform.WINDOWS, None
    if Platform.MACOS in systems:
        yield "-mac", Platform.MACOS, None
    if Platform.LINUX in systems:
        offered = {artifact.architecture for artifact in usable if artifact.platform is Platform.LINUX}
        for architecture, suffix in _ON_LINUX.items():
            if architecture in offered.union(_USUAL):
                yield suffix, Platform.LINUX, architecture

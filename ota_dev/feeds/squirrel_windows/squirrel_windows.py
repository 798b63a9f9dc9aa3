"""The text file `RELEASES` as one of the feeds. Pure.

    {SHA-1 in hex} {URL of the package} {size}

Written from the format, as Velopack's copy of its reader (`ReleaseEntry`) has it; no real client was run. The version
comes from the name of the package alone. Release servers answer it below the target and the version of who asks.
"""

import re
from collections.abc import Iterator, Sequence

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question
from ota_dev.feeds.nuget_packages import CHANNEL, channel_file_names, channel_files, read_channel, select_packages
from ota_dev.feeds.one_kind import Offer
from ota_dev.feeds.squirrel_targets import below_target

__all__ = ["SquirrelWindowsFeed"]

_CLIENT = "Squirrel.Windows"
_FILE = "RELEASES"
_NAME = re.compile(rf"{_FILE}(?:-(?P<channel>{CHANNEL}))?")
_DIGEST = "sha1"


class SquirrelWindowsFeed:
    """The feed for Squirrel.Windows, of one channel."""

    format = FeedFormat(
        name="squirrel-windows", file_name=_FILE, media_type="text/plain; charset=utf-8", lists_deltas=True
    )
    required_digests = frozenset({_DIGEST})

    def read_name(self, name: str) -> FeedName | None:
        """Read `RELEASES`, `RELEASES-linux` and so on, or `RELEASES` below a target and a version."""
        if (target := below_target(name, "win32", _FILE)) is not None:
            return target
        match = _NAME.fullmatch(name)
        return read_channel(match["channel"] or "win") if match else None

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the feed of each channel that there are packages on."""
        return channel_file_names(app, _names, _CLIENT)

    def files(self, app: App, channels: Sequence[str] = (), _languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the feed of each channel."""
        for file in channel_files(app, channels, _names):
            yield FeedFile(paths=file.paths, question=file.question)

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the packages in the feed."""
        return tuple(offer.artifact for offer in select_packages(app, _CLIENT).offers)

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name what is there of the same version and is not in the feed."""
        return select_packages(app, _CLIENT).alternates

    def problems(self, app: App) -> tuple[str, ...]:
        """Say what there is no package of, and where clients will read another version than that of the package."""
        selection = select_packages(app, _CLIENT)
        return (*selection.problems, *map(_misnamed, filter(_is_misnamed, selection.offers)))

    def render(self, app: App, links: Links, _question: Question = EVERYTHING) -> bytes:
        """Render every version on the one channel that *app* is narrowed to, oldest first as the tool does."""
        offers = reversed(select_packages(app, _CLIENT).offers)
        return "".join(line for offer in offers for line in _lines(offer.artifact, links)).encode()


def _is_misnamed(offer: Offer) -> bool:
    return f"-{offer.version}-" not in offer.artifact.download_name


def _misnamed(offer: Offer) -> str:
    return (
        f"{_CLIENT} reads the version from the name alone, and {offer.artifact.download_name} is not called "
        f"Id-{offer.version}-full.nupkg"
    )


def _lines(package: Artifact, links: Links) -> Iterator[str]:
    files: tuple[Artifact | Delta, ...] = (package, *package.deltas)
    for file in files:
        if digest := file.digests.get(_DIGEST):
            # A name may hold halves of surrogate pairs, which percent-encoding knows none of.
            name = file.download_name.encode(errors="replace").decode()
            yield f"{digest.upper()} {links.download(name)} {file.size}\n"


def _names(channel: str) -> tuple[str, ...]:
    return (_FILE, f"{_FILE}-{channel}") if channel == "win" else (f"{_FILE}-{channel}",)

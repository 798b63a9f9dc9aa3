"""Velopack's JSON as one of the feeds: names, selection and document put together. Pure.

Source: `UpdateManager` of Velopack 1.2. Its clients take the newest version that they find, never look at a system or
an architecture, and join the name of a file to the address that they found the feed at.
"""

import json
import re
from collections.abc import Iterator, Sequence

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question
from ota_dev.feeds.nuget_packages import CHANNEL, channel_file_names, channel_files, read_channel, select_packages
from ota_dev.feeds.velopack.document import DIGESTS, document

__all__ = ["VelopackFeed"]

_CLIENT = "Velopack"
_NAME = re.compile(rf"releases\.(?P<channel>{CHANNEL})\.json")


class VelopackFeed:
    """The feed for Velopack, of one channel."""

    format = FeedFormat(
        name="velopack",
        file_name="releases.win.json",
        media_type="application/json; charset=utf-8",
        lists_deltas=True,
    )
    required_digests = DIGESTS

    def read_name(self, name: str) -> FeedName | None:
        """Read a name such as `releases.linux.json`."""
        match = _NAME.fullmatch(name)
        return read_channel(match["channel"]) if match else None

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the feed of each channel that there are packages on."""
        return channel_file_names(app, _names, _CLIENT)

    def files(self, app: App, channels: Sequence[str] = (), _languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the feed of each channel; notes are in the default language, since no name says one."""
        return channel_files(app, channels, _names)

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the packages in the feed."""
        return tuple(offer.artifact for offer in select_packages(app, _CLIENT).offers)

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name what is there of the same version and is not in the feed."""
        return select_packages(app, _CLIENT).alternates

    def problems(self, app: App) -> tuple[str, ...]:
        """Say what there is no package of, and what clients cannot read."""
        return select_packages(app, _CLIENT).problems

    def render(self, app: App, _links: Links, _question: Question = EVERYTHING) -> bytes:
        """Render every version on the one channel that *app* is narrowed to."""
        text = json.dumps(document(select_packages(app, _CLIENT).offers), indent=2)
        return f"{text}\n".encode()


def _names(channel: str) -> tuple[str, ...]:
    return (f"releases.{channel}.json",)

"""The addresses of feeds, as a server answers them and a static host lays them out. Pure.

    [/apps/{app}][/channels/{channel}]/{name}

Clients put the prefix of a bucket before `channels/` (`/dev/channels/dev/appcast-macos-aarch64.zh-CN.xml`), so a feed
is recognised by the end of its path. Which names there are, and what each says, is known to the formats alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ota_dev.catalog.deltas import is_delta_name
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.feeds.interface import Feed, FeedName

__all__ = ["FeedAddress", "in_channel", "installer_beside_feeds"]

MOST_PARTS = 5  # of a name, such as that of a feed which is asked for with a target and a version


class FeedAddress(NamedTuple):
    """A feed as a URL asks for it, in the URL's own spelling; nothing here is checked against what there is."""

    feed: str  # the name of its format
    name: str
    said: FeedName  # what the name says
    app: str | None = None
    folder_channel: str | None = None

    @classmethod
    def read(cls, path: str, feeds: Mapping[str, Feed]) -> "FeedAddress | None":
        """Read a percent-decoded path; `None` when it is that of none of *feeds*."""
        parts = path.removeprefix("/").split("/")
        for count in range(1, min(len(parts), MOST_PARTS) + 1):
            if (folders := _read_folders(parts[:-count])) is not None:
                name = "/".join(parts[-count:])
                for key, feed in feeds.items():
                    if (said := feed.read_name(name)) is not None:
                        return cls(key, name, said, *folders)
        return None

    @property
    def channel(self) -> str | None:
        """Give the channel, of which the name knows more than the folders."""
        return self.said.channel or self.folder_channel

    @property
    def path(self) -> str:
        """Give the path that leads here, without a slash before it; not percent-encoded."""
        below = in_channel(self.folder_channel, self.name)
        return f"apps/{self.app}/{below}" if self.app else below


def in_channel(channel: str | None, name: str) -> str:
    """Give the path of the feed called *name* in the folder of a channel, without a slash before it."""
    return f"channels/{channel}/{name}" if channel else name


def installer_beside_feeds(path: str) -> str | None:
    """Give the download name at the end of *path*, `None` when it is not that of a file in the folder of a feed.

    Some clients look for installers where they found the feed. What is in subfolders is not found this way.
    """
    *folders, name = path.removeprefix("/").split("/")
    is_installer = PackageKind.of_file(name) is not None or is_delta_name(name)
    return name if is_installer and _read_folders(folders) is not None else None


def _read_folders(folders: list[str]) -> tuple[str | None, str | None] | None:
    """Read the app and the channel that *folders* are of, `None` when there is no feed in them."""
    channel = None
    if folders[-2:-1] == ["channels"]:
        *folders, _, channel = folders
    app = None
    if folders[:1] == ["apps"] and len(folders) > 1:
        _, app, *folders = folders
    return None if folders and channel is None else (app, channel)

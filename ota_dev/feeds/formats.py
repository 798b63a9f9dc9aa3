"""The table of feed formats: one entry for each folder here. Pure.

How to add one is in docs/decisions/0012-feed-formats.md.
"""

from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.electron_updater.electron_updater import ElectronUpdaterFeed
from ota_dev.feeds.interface import Feed
from ota_dev.feeds.netsparkle_json.netsparkle_json import NetSparkleJsonFeed
from ota_dev.feeds.squirrel_mac.squirrel_mac import SquirrelMacFeed
from ota_dev.feeds.squirrel_windows.squirrel_windows import SquirrelWindowsFeed
from ota_dev.feeds.tauri.tauri import TauriFeed
from ota_dev.feeds.velopack.velopack import VelopackFeed

__all__ = ["Feeds", "feed_formats"]


class Feeds(dict[str, Feed]):
    """The feeds there are, by the names of their formats."""

    @property
    def main(self) -> Feed:
        """Give the first, which is the one that is meant where nobody names another."""
        return next(iter(self.values()))


def feed_formats(appcast: AppcastFeed | None = None) -> Feeds:
    """Give every feed there is, with the user's own *appcast* where there is one."""
    feeds: tuple[Feed, ...] = (
        appcast or AppcastFeed(),
        ElectronUpdaterFeed(),
        NetSparkleJsonFeed(),
        TauriFeed(),
        VelopackFeed(),
        SquirrelWindowsFeed(),
        SquirrelMacFeed(),
    )
    return Feeds((feed.format.name, feed) for feed in feeds)

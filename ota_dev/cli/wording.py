"""The words for installers and versions that lines about them share. Pure.

Every name that comes from a file is escaped before it is shown.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ota_dev.catalog.releases import App
from ota_dev.cli.console import printable
from ota_dev.feeds.interface import Feed

if TYPE_CHECKING:
    from ota_dev.translations import Translations

__all__ = ["MOST_NAMES", "alternates", "counted", "installers", "listed", "newest_version"]

MOST_NAMES = 3


def installers(count: int) -> str:
    """Give a number of installers in words."""
    return "1 installer" if count == 1 else f"{count} installers"


def counted(texts: "Translations", key: str, count: int, **values: object) -> str:
    """Give the text about one or about *count* of something, as *key* has it."""
    return texts.text(f"{key}.{'one' if count == 1 else 'many'}", count=count, **values)


def listed(names: Sequence[str], separator: str = ", ") -> str:
    """Name the first few of *names*."""
    shown = [*map(printable, names[:MOST_NAMES]), *(["…"] if len(names) > MOST_NAMES else [])]
    return separator.join(shown)


def newest_version(app: App, feed: Feed) -> str:
    """Give the newest version that *feed* offers of an app, which may hide what is on a channel."""
    offered = feed.offered(app)
    return printable(offered[0].short_version.text) if offered else "nothing"


def alternates(app: App, feed: Feed) -> Iterator[str]:
    """Say which installers *feed* leaves out, and for which."""
    for alternate in feed.alternates(app):
        left_out, chosen = alternate.left_out.download_name, alternate.chosen.download_name
        yield printable(f"{left_out} is left out: the feed offers {chosen} for the same version and system")

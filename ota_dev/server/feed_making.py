"""What feeds are made with, for whatever here answers with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ota_dev.feeds.interface import Feed
from ota_dev.server.awaited_digests import DigestsOf

if TYPE_CHECKING:
    from ota_dev.server.missigning import FeedSigning

__all__ = ["FeedMaking"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedMaking:
    """The feeds that there are, where they link to and who signs them."""

    feeds: Mapping[str, Feed]  # by the names of their formats
    digests_of: DigestsOf  # reads the digests of a file, or remembers them
    base_url: str | None = None  # that links begin with; `None`: the address that the client used
    links_notes: bool = False
    signing: "FeedSigning | None" = None

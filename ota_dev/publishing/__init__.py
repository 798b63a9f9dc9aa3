"""From a folder to publications, and the one that is on offer now.

Reads installers for digests and signatures, and writes feeds, notes and static trees. It renders no format itself,
answers no request and chooses no scenario; when to publish again is for its caller to say.
"""

from ota_dev.publishing.feed_files import apps_on_offer, only_app, write_feed, write_notes
from ota_dev.publishing.publication import (
    STATIC_FEED,
    Changes,
    LivePublication,
    Publication,
    PublishedFile,
    StaticFeed,
)
from ota_dev.publishing.publisher import Publisher
from ota_dev.publishing.wanted_digests import WantedDigests

__all__ = [
    "STATIC_FEED",
    "Changes",
    "LivePublication",
    "Publication",
    "PublishedFile",
    "Publisher",
    "StaticFeed",
    "WantedDigests",
    "apps_on_offer",
    "only_app",
    "write_feed",
    "write_notes",
]

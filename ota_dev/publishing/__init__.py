"""From a folder to publications, and the one that is on offer now."""

from ota_dev.publishing.feed_files import only_app, write_feed
from ota_dev.publishing.publication import Changes, LivePublication, Publication, PublishedFile
from ota_dev.publishing.publisher import Publisher

__all__ = [
    "Changes",
    "LivePublication",
    "Publication",
    "PublishedFile",
    "Publisher",
    "only_app",
    "write_feed",
]

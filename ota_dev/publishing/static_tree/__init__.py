"""What `serve` answers, for a static host: every narrowed feed and the installers, as files in a folder.

    [apps/{app}/][channels/{channel}/]{name of a feed}
    downloads/{installer}
    notes/{page}
    .ota-dev-tree.json

Beside each feed whose clients look for one stands its `.signature` where there is a key. Pages of notes are there where
feeds link to them. The last is the list of all these files: nothing else in the folder is ever touched.
"""

from ota_dev.publishing.static_tree.feed_plan import PlannedFeed, every_feed, plan_feeds
from ota_dev.publishing.static_tree.static_tree import StaticTree, Written

__all__ = ["PlannedFeed", "StaticTree", "Written", "every_feed", "plan_feeds"]

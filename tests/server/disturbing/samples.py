"""What is asked for under faults, and the kinds of fixtures that ask."""

from collections.abc import Callable

from ota_dev.scenarios.faults import Struck
from ota_dev.server.messages import Response

CONTENT = bytes(range(250)) * 4  # 1000 bytes
FEED = b"<rss><channel><item/></channel></rss>"

Strike = Callable[..., tuple[Struck, ...]]
Exchange = Callable[..., Response]

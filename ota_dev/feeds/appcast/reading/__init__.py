"""A lossless reader of any appcast, whoever wrote it.

Every value it gives knows where it stands in the source, so that an edit can touch that place and nothing else. It
knows nothing of the writer: it must be able to catch the writer's mistakes. Pure: it reads no disk, clock or socket.
"""

from ota_dev.feeds.appcast.reading.document import Appcast, SignedBlock, read_appcast
from ota_dev.feeds.appcast.reading.elements import SPARKLE, SPARKLE_NAMESPACE, Attribute, Element
from ota_dev.feeds.appcast.reading.items import Enclosure, Item, file_name_of
from ota_dev.feeds.appcast.reading.source import MAX_SIZE, Source

__all__ = [
    "MAX_SIZE",
    "SPARKLE",
    "SPARKLE_NAMESPACE",
    "Appcast",
    "Attribute",
    "Element",
    "Enclosure",
    "Item",
    "SignedBlock",
    "Source",
    "file_name_of",
    "read_appcast",
]

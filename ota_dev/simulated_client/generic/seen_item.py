"""An item as a hand-written client reads it: nothing but attributes of the first enclosure. Pure."""

from dataclasses import dataclass

from ota_dev.feeds.appcast.reading import SPARKLE, Enclosure, Item
from ota_dev.simulated_client.rules import bounded

__all__ = ["SeenItem", "see_item"]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenItem:
    """An item; an empty text stands for an attribute that is not there."""

    version: str
    short_version: str
    url: str
    alternate_url: str
    length: int | None
    signature: str
    os: str
    arch: str


def see_item(item: Item) -> SeenItem:
    """Read an item as a hand-written client does."""
    element = item.element.first("enclosure")
    if element is None:
        return SeenItem(
            version="", short_version="", url="", alternate_url="", length=None, signature="", os="", arch=""
        )
    enclosure = Enclosure(element=element, item=item.element)
    version = bounded(element.get(f"{SPARKLE}version"))
    return SeenItem(
        version=version,
        short_version=version,
        url=enclosure.url,
        alternate_url=element.get("alternateUrl"),
        length=enclosure.length,
        signature=enclosure.ed25519_signature,
        os=enclosure.os,
        arch=enclosure.arch,
    )

"""The feed of production, pointed at this server, so that an update can be rehearsed before it is out.

Changes where installers, deltas and notes are fetched from, and nothing else: versions, lengths and signatures stay
what clients will get, and so does every byte between.
"""

from collections.abc import Callable, Iterator

from ota_dev.feeds.appcast.editing import Edit, EditedFeed, edited, set_attribute, set_text
from ota_dev.feeds.appcast.reading import SPARKLE, Appcast, Element, Item, read_appcast

__all__ = ["point_here"]

# Hand-written clients turn to the second address when the first fails, and would then download from production.
_ADDRESSES = ("url", "alternateUrl", f"{SPARKLE}alternateUrl")


def point_here(feed: bytes, here: Callable[[str], str | None], name: str = "the appcast") -> EditedFeed:
    """Replace the URL of every enclosure, delta and release note by what *here* makes of it.

    *here* is given a URL as it stands in the feed, trimmed, and gives `None` to leave it. Product pages (`link`) and
    links inside of notes stay.

    Raises:
        FeedError: the feed cannot be read.
    """
    appcast = read_appcast(feed, name)
    return edited(appcast, (edit for item in appcast.items for edit in _edits(appcast, item, here)))


def _edits(appcast: Appcast, item: Item, here: Callable[[str], str | None]) -> Iterator[Edit]:
    markup = appcast.source.markup
    for enclosure in (*item.enclosures, *item.deltas):
        for attribute in _ADDRESSES:
            url = enclosure.element.get(attribute)
            if url and (new := here(url)) is not None:
                yield from set_attribute(markup, enclosure.element, attribute, new, item.namespaces)
    for link in item.notes_links:
        if (url := _text(link)) and (new := here(url)) is not None:
            yield from set_text(markup, link, new)


def _text(link: Element) -> str:
    return "" if link.children else link.text.strip()

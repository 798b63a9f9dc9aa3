"""An item as WinSparkle's parser leaves it. Pure.

Source: `appcast.cpp` of WinSparkle 0.9, confirmed with the real client 0.9.3. The parser is told of tags one by one and
keeps no tree: what stands deeper in an item counts as the item's own, the text of an element is added to what is
there, and an attribute of any enclosure takes its place, whatever system that enclosure is for. Versions are not
trimmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ota_dev.feeds.appcast.reading import SPARKLE, Element, Item
from ota_dev.simulated_client.rules import bounded

__all__ = ["SeenEnclosure", "SeenItem", "see_item"]

_VERSION = f"{SPARKLE}version"
_SHORT_VERSION = f"{SPARKLE}shortVersionString"


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenEnclosure:
    """One file of an item."""

    url: str
    os: str
    signature: str
    dsa_signature: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenItem:
    """An item, with texts as they stand."""

    version: str
    short_version: str
    link: str
    minimum_system: str
    enclosures: tuple[SeenEnclosure, ...]
    is_critical: bool
    release_notes: str
    is_in_first_channel: bool


def see_item(item: Item, *, is_in_first_channel: bool) -> SeenItem:
    """Read an item as WinSparkle does."""
    elements = list(_inside(item.element))
    version = _running_text(elements, _VERSION)
    return SeenItem(
        version=version,
        short_version=_running_text(elements, _SHORT_VERSION) or version,
        link=_texts(elements, "link").strip(),
        minimum_system=bounded(_texts(elements, f"{SPARKLE}minimumSystemVersion")),
        enclosures=tuple(_enclosure(element) for element in elements if element.name == "enclosure"),
        is_critical=any(element.name == f"{SPARKLE}criticalUpdate" for element in elements),
        release_notes=_texts(elements, f"{SPARKLE}releaseNotesLink").strip(),
        is_in_first_channel=is_in_first_channel,
    )


def _inside(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _inside(child)


def _running_text(elements: list[Element], name: str) -> str:
    """Give what is left of a text that elements add to and enclosures replace, in the order of the document."""
    text = ""
    for element in elements:
        if element.name == name:
            text = bounded(text + element.text)
        elif element.name == "enclosure" and (attribute := element.attribute(name)):
            text = bounded(attribute.value)
    return text


def _texts(elements: list[Element], name: str) -> str:
    return "".join(element.text for element in elements if element.name == name)


def _enclosure(element: Element) -> SeenEnclosure:
    return SeenEnclosure(
        url=_value(element, "url"),
        os=_value(element, f"{SPARKLE}os"),
        signature=_value(element, f"{SPARKLE}edSignature"),
        dsa_signature=_value(element, f"{SPARKLE}dsaSignature"),
    )


def _value(element: Element, name: str) -> str:
    attribute = element.attribute(name)
    return attribute.value if attribute else ""

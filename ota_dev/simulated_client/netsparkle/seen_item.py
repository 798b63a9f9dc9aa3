"""An item as NetSparkle reads it. Pure.

Source: `XMLAppCastGenerator.cs` of NetSparkle 3.0 (70493547). Only the first enclosure counts; elements come before
attributes, and neither is trimmed.
"""

from dataclasses import dataclass

from ota_dev.feeds.appcast.reading import SPARKLE, Element, Item
from ota_dev.simulated_client.rules import bounded

__all__ = ["SeenItem", "see_item"]

_SIGNATURES = (f"{SPARKLE}signature", f"{SPARKLE}dsaSignature", f"{SPARKLE}edSignature")
_CRITICAL = ("true", "1", "yes")


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenItem:
    """An item, with texts as they stand."""

    version: str
    short_version: str
    url: str
    length: int | None
    signature: str  # of any algorithm
    os: str
    channel: str
    is_critical: bool
    release_notes: str


def see_item(item: Item) -> SeenItem:
    """Read an item as NetSparkle does."""
    enclosure = item.element.first("enclosure") or item.element.first(f"{SPARKLE}enclosure")
    length = _attribute(enclosure, "length").strip()
    version = _said(item, enclosure, f"{SPARKLE}version")
    return SeenItem(
        version=version,
        short_version=_said(item, enclosure, f"{SPARKLE}shortVersionString") or version,
        url=_attribute(enclosure, "url"),
        length=int(length) if length.isascii() and length.isdigit() and len(length) < 19 else None,
        signature=next((text for name in _SIGNATURES if (text := _attribute(enclosure, name))), ""),
        os=_attribute(enclosure, f"{SPARKLE}os"),
        channel=_text(item, f"{SPARKLE}channel"),
        is_critical=item.element.first(f"{SPARKLE}criticalUpdate") is not None
        or _attribute(enclosure, f"{SPARKLE}criticalUpdate") in _CRITICAL,
        release_notes=_text(item, f"{SPARKLE}releaseNotesLink").strip(),
    )


def _said(item: Item, enclosure: Element | None, name: str) -> str:
    text = _text(item, name)
    return bounded(text if text.strip() else _attribute(enclosure, name))


def _text(item: Item, name: str) -> str:
    child = item.element.first(name)
    return child.text if child else ""


def _attribute(enclosure: Element | None, name: str) -> str:
    attribute = enclosure.attribute(name) if enclosure else None
    return attribute.value if attribute else ""

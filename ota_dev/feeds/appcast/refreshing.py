"""What an enclosure says about its file, brought up to date; the rest of it belongs to whoever wrote the feed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ota_dev.feeds.appcast.editing import Edit, remove_attribute, set_attribute
from ota_dev.feeds.appcast.reading import SPARKLE, Enclosure

__all__ = ["ED25519", "Offered", "loses_signature", "refresh"]

ED25519 = f"{SPARKLE}edSignature"
_SIGNATURES = (ED25519, f"{SPARKLE}dsaSignature", f"{SPARKLE}signature")  # the last is NetSparkle's


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """What the folder says about a file that an existing feed offers too."""

    url: str
    length: int | None  # bytes
    ed25519_signature: str  # empty when it is not signed here; one that somebody pasted into the feed may be right

    @classmethod
    def by(cls, enclosure: Enclosure) -> "Offered":
        """Take it from an enclosure of the generated feed."""
        return cls(url=enclosure.url, length=enclosure.length, ed25519_signature=enclosure.ed25519_signature)


def refresh(markup: bytes, enclosure: Enclosure, offered: Offered, namespaces: Mapping[str, str]) -> Iterator[Edit]:
    """Set URL, length and signature of an enclosure, and remove the signatures of a file that had another size.

    Clients refuse a wrong signature, and those that check one only where there is one accept none.
    """
    element = enclosure.element
    yield from set_attribute(markup, element, "url", offered.url, namespaces)
    if offered.length is not None:
        yield from set_attribute(markup, element, "length", str(offered.length), namespaces)
    if offered.ed25519_signature:
        yield from set_attribute(markup, element, ED25519, offered.ed25519_signature, namespaces)
    for name in _wrong_signatures(enclosure, offered):
        yield from remove_attribute(element, name)


def loses_signature(enclosure: Enclosure, offered: Offered) -> bool:
    """Say whether a signed enclosure is without any signature after `refresh`."""
    return bool(_wrong_signatures(enclosure, offered)) and not offered.ed25519_signature


def _wrong_signatures(enclosure: Enclosure, offered: Offered) -> list[str]:
    # Many a hand-made feed has length="0", which says nothing.
    if not enclosure.length or offered.length in (None, enclosure.length):
        return []
    kept = {ED25519} if offered.ed25519_signature else set[str]()
    return [name for name in _SIGNATURES if enclosure.element.get(name) and name not in kept]

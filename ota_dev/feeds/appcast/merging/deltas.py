"""The deltas of a generated item, listed in the existing item that offers the same.

- Deltas that the existing item has already keep everything but URL, length and signature; none is removed.
- New ones stand behind the item's own enclosure, since other clients take the first.
"""

from collections.abc import Iterator, Sequence

from ota_dev.feeds.appcast.editing import Edit, append_children, insert_after, margin, sparkle_prefix, xml_escaped
from ota_dev.feeds.appcast.offers import Match
from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, Enclosure, Item

__all__ = ["added_deltas", "shared_deltas"]

_DELTAS = f"{SPARKLE}deltas"
_TAG = b"<enclosure"


def shared_deltas(pair: Match) -> Iterator[tuple[Enclosure, Enclosure]]:
    """Give each delta that both items list, as it stands in the existing one and in the generated one."""
    listed = _by_start(pair.existing.item)
    yield from ((listed[start], delta) for start, delta in _by_start(pair.generated.item).items() if start in listed)


def added_deltas(markup: bytes, pair: Match) -> Iterator[Edit]:
    """Add the deltas that only the generated item lists to the existing one."""
    item, listed = pair.existing.item, _by_start(pair.existing.item)
    if new := [delta for start, delta in _by_start(pair.generated.item).items() if start not in listed]:
        yield from _insertion(markup, item, new)


def _by_start(item: Item) -> dict[str, Enclosure]:
    by_start: dict[str, Enclosure] = {}
    for delta in item.deltas:
        by_start.setdefault(delta.delta_from, delta)
    return by_start


def _insertion(markup: bytes, item: Item, new: Sequence[Enclosure]) -> tuple[Edit, ...]:
    parent = item.element.first(_DELTAS)
    prefix = sparkle_prefix({**item.namespaces, **(parent.declarations if parent else {})})
    declaration = b"" if prefix else f' xmlns:sparkle="{SPARKLE_NAMESPACE}"'.encode()
    enclosures = [_attributes(delta, prefix or "sparkle") for delta in new]
    if parent:
        return append_children(markup, parent, *(_TAG + declaration + attributes for attributes in enclosures))
    last = item.element.children[-1]
    outside = margin(markup, last.start)
    inside = outside + b"  " if outside else b""
    name = f"{prefix or 'sparkle'}:deltas".encode()
    content = b"".join(inside + _TAG + attributes for attributes in enclosures)
    return insert_after(markup, last, b"<" + name + declaration + b">" + content + outside + b"</" + name + b">")


def _attributes(delta: Enclosure, prefix: str) -> bytes:
    """Write what the generated feed says of a delta, in one line and with the *prefix* of the existing feed."""
    pairs = (
        (attribute.name.replace(SPARKLE, f"{prefix}:").encode(), xml_escaped(attribute.value))
        for attribute in delta.element.attributes
    )
    return b"".join(b" " + name + b'="' + value + b'"' for name, value in pairs) + b"/>"

"""Deltas, listed in a feed under the versions that they lead to, as edits of its source.

- A delta belongs to the only item for macOS of its version: Sparkle alone reads deltas.
- URLs are absolute, as Sparkle up to 2.6.4 drops a delta with a relative one.
- Each delta carries `sparkle:os`: to WinSparkle it is one more enclosure, and without a mark it would fit Windows.
- They stand behind the item's own enclosure, as other clients take the first.
- Deltas that the feed has already keep everything but URL, length and signature; none is removed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ota_dev.catalog.safe_text import plain
from ota_dev.catalog.targets import Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.editing import (
    Edit,
    EditedFeed,
    append_children,
    edited,
    insert_after,
    margin,
    sparkle_prefix,
    xml_escaped,
)
from ota_dev.feeds.appcast.offers import offers_of
from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, Appcast, Item, read_appcast
from ota_dev.feeds.appcast.refreshing import Offered, refresh
from ota_dev.feeds.interface import Links

__all__ = ["Delta", "list_deltas"]

_DELTAS = f"{SPARKLE}deltas"
_TAG = b"<enclosure"


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """A file that turns one build of a Mac app into a newer one: `<AppName><new>-<old>.delta`."""

    download_name: str  # the path below the served folder, with "/" on every system
    build: Version  # that it leads to
    from_build: Version  # Sparkle takes it only if this is the very text of the build that is installed
    size: int  # bytes
    ed25519_signature: str | None = None  # base64


def list_deltas(feed: bytes, deltas: Iterable[Delta], links: Links, name: str = "the appcast") -> EditedFeed:
    """List *deltas* in a feed, newest starting point first; *name* names the feed in errors.

    Raises:
        FeedError: the feed cannot be read.
    """
    appcast = read_appcast(feed, name)
    items = _mac_items(appcast)
    edits: list[Edit] = []
    notices: list[str] = []
    for build, starts in _by_build(deltas).items():
        candidates = items.get(build, [])
        if len(candidates) == 1:
            edits += _edits(appcast.source.markup, candidates[0], starts, links)
        else:
            reason = "several items for macOS" if candidates else "no item for macOS"
            notices += [
                f"{delta.download_name} is left out: the feed has {reason} of {build}" for delta in starts.values()
            ]
    return edited(appcast, edits, tuple(notices))


_Starts = dict[str, Delta]  # by the build that each starts from


def _by_build(deltas: Iterable[Delta]) -> dict[str, _Starts]:
    by_build: dict[str, _Starts] = defaultdict(dict)
    named = sorted(deltas, key=lambda delta: delta.download_name)
    for delta in sorted(named, key=lambda delta: delta.from_build.order, reverse=True):
        by_build[delta.build.canonical].setdefault(plain(delta.from_build.text), delta)
    return by_build


def _mac_items(appcast: Appcast) -> dict[str, list[Item]]:
    items: dict[str, list[Item]] = defaultdict(list)
    for item in appcast.items:
        builds = {
            offer.version.canonical
            for offer in offers_of(item)
            if offer.enclosure and offer.platform in (Platform.MACOS, Platform.UNKNOWN)
        }
        for build in builds:
            items[build].append(item)
    return items


def _edits(markup: bytes, item: Item, starts: _Starts, links: Links) -> Iterator[Edit]:
    listed = {enclosure.delta_from: enclosure for enclosure in reversed(item.deltas)}
    for start, delta in starts.items():
        if start in listed:
            yield from refresh(markup, listed[start], _offered(delta, links), item.namespaces)
    if new := [delta for start, delta in starts.items() if start not in listed]:
        yield from _insertion(markup, item, new, links)


def _insertion(markup: bytes, item: Item, new: Iterable[Delta], links: Links) -> tuple[Edit, ...]:
    parent = item.element.first(_DELTAS)
    prefix = sparkle_prefix({**item.namespaces, **(parent.declarations if parent else {})})
    declaration = b"" if prefix else f' xmlns:sparkle="{SPARKLE_NAMESPACE}"'.encode()
    enclosures = [_enclosure(_offered(delta, links), delta, prefix or "sparkle") for delta in new]
    if parent:
        return append_children(markup, parent, *(_TAG + declaration + attributes for attributes in enclosures))
    last = item.element.children[-1]
    outside = margin(markup, last.start)
    inside = outside + b"  " if outside else b""
    name = f"{prefix or 'sparkle'}:deltas".encode()
    content = b"".join(inside + _TAG + attributes for attributes in enclosures)
    return insert_after(markup, last, b"<" + name + declaration + b">" + content + outside + b"</" + name + b">")


def _enclosure(offered: Offered, delta: Delta, prefix: str) -> bytes:
    attributes = {
        "url": offered.url,
        f"{prefix}:os": Platform.MACOS.value,
        f"{prefix}:deltaFrom": delta.from_build.text,
        "length": str(offered.length),
        "type": "application/octet-stream",
        f"{prefix}:edSignature": offered.ed25519_signature,
    }
    pairs = (name.encode() + b'="' + xml_escaped(value) + b'"' for name, value in attributes.items() if value)
    return b" " + b" ".join(pairs) + b"/>"


def _offered(delta: Delta, links: Links) -> Offered:
    return Offered(
        url=links.download(delta.download_name), length=delta.size, ed25519_signature=delta.ed25519_signature or ""
    )

"""A whole appcast: its channels, its items and the block that signs it."""

import re
from dataclasses import dataclass

from ota_dev.feeds.appcast.reading.elements import Element
from ota_dev.feeds.appcast.reading.items import Item
from ota_dev.feeds.appcast.reading.parsing import parse
from ota_dev.feeds.appcast.reading.source import Source

__all__ = ["Appcast", "SignedBlock", "read_appcast"]

MAX_ITEMS = 20_000

_SIGNED_BLOCK = re.compile(rb"<!-- sparkle-signatures:\n(.*?)-->", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedBlock:
    """The comment at the end of a feed that signs all bytes before it (Sparkle 2.9, SPUExtractSignedFeed.m)."""

    ed25519_signature: str  # base64
    length: int | None  # bytes before the block
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Appcast:
    """A feed as it was read."""

    source: Source
    root: Element
    channels: tuple[Element, ...]  # by custom one; clients read the items of all
    items: tuple[Item, ...]  # in the order of the document
    signed_block: SignedBlock | None


def read_appcast(feed: bytes, name: str = "the appcast") -> Appcast:
    """Read an appcast of any style; *name* says in errors which one.

    An XML document that is no RSS has no channels; a channel without items has none. Neither is an error here.

    Raises:
        FeedError: it is no well-formed XML, or is beyond the bounds: one sentence with line and column.
    """
    source = Source.decode(feed, name)
    root = parse(source)
    channels = tuple(root.all("channel")) if root.name == "rss" else ()
    items = tuple(item for channel in channels for item in _items(root, channel))
    if len(items) > MAX_ITEMS:
        raise source.error(items[MAX_ITEMS].element.start, f"the feed has more than {MAX_ITEMS} items")
    return Appcast(
        source=source, root=root, channels=channels, items=items, signed_block=_signed_block(source.markup, root.end)
    )


def _items(root: Element, channel: Element) -> list[Item]:
    scope = {**root.declarations, **channel.declarations}
    return [Item(element=element, scope=scope) for element in channel.all("item")]


def _signed_block(markup: bytes, root_end: int) -> SignedBlock | None:
    # The last block counts; text that looks like one inside an element is notes, not a signature.
    blocks = list(_SIGNED_BLOCK.finditer(markup, root_end))
    if not blocks:
        return None
    block = blocks[-1]
    lines = (line.partition(":") for line in block[1].decode().splitlines())
    values = {key.strip(): value.strip() for key, _, value in lines}
    length = values.get("length", "")
    return SignedBlock(
        ed25519_signature=values.get("edSignature", ""),
        length=int(length) if _LENGTH.fullmatch(length) else None,
        start=block.start(),
        end=block.end(),
    )

"""Edits of a feed in its source: what no edit touches stays byte for byte.

An edit that changes nothing is none, so that a feed that is already as it should be keeps its bytes and its signature.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ota_dev.catalog.safe_text import plain
from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, Appcast, Element

__all__ = [
    "Edit",
    "EditedFeed",
    "append_children",
    "edited",
    "insert_after",
    "insert_before",
    "margin",
    "remove_attribute",
    "remove_element",
    "set_attribute",
    "set_text",
    "sparkle_prefix",
    "xml_escaped",
]

_WIDEST_MARGIN = 200  # bytes
_SPACE = re.compile(rb"\s*")
# The pieces of an element's content; those that are neither comment nor instruction hold its text.
_PIECES = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>|[^<]+", re.DOTALL)


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """Bytes of the markup to replace, and what with; an insertion replaces no bytes."""

    start: int
    end: int
    replacement: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class EditedFeed:
    """A feed after its edits, and what a person should know about them, a sentence each."""

    feed: bytes
    notices: tuple[str, ...] = ()
    lost_signature: bool = False  # the block that signed the feed as a whole


def edited(appcast: Appcast, edits: Iterable[Edit], notices: tuple[str, ...] = ()) -> EditedFeed:
    """Apply edits that do not overlap; insertions at one place keep their order.

    A changed feed loses the block that signs it, with the space behind, since no client would accept it any more.

    Raises:
        FeedError: the feed's encoding has no such character.
    """
    source = appcast.source
    effective = [edit for edit in edits if source.markup[edit.start : edit.end] != edit.replacement]
    block = appcast.signed_block if effective else None
    if block:
        rest = len(source.markup[block.end :].lstrip())
        effective.append(Edit(block.start, len(source.markup) - rest, b""))
    pieces, position = [], 0
    for edit in sorted(effective, key=lambda edit: (edit.start, edit.end)):
        pieces += [source.markup[position : edit.start], edit.replacement]
        position = edit.end
    pieces.append(source.markup[position:])
    return EditedFeed(feed=source.encode(b"".join(pieces)), notices=notices, lost_signature=block is not None)


def set_attribute(
    markup: bytes, element: Element, name: str, value: str, namespaces: Mapping[str, str]
) -> tuple[Edit, ...]:
    """Give an attribute this value, and add it in the manner of the last one when it is missing."""
    attribute = element.attribute(name)
    if attribute is None:
        place = _end_of_attributes(markup, element)
        qualified = _qualified(name, {**namespaces, **element.declarations})
        return (Edit(place, place, _space_between(markup, element) + qualified + b'="' + xml_escaped(value) + b'"'),)
    if attribute.value == plain(value):
        return ()
    return (Edit(attribute.value_start, attribute.value_end, xml_escaped(value)),)


def remove_attribute(element: Element, name: str) -> tuple[Edit, ...]:
    """Remove an attribute with the white space before it."""
    attribute = element.attribute(name)
    return (Edit(attribute.start, attribute.value_end + 1, b""),) if attribute else ()


def set_text(markup: bytes, element: Element, text: str) -> tuple[Edit, ...]:
    """Replace the text of an element without children; comments, CDATA marks and space around the text stay."""
    pieces = [
        (piece.span(1), True) if piece[1] is not None else (piece.span(), False)
        for piece in _PIECES.finditer(markup, element.content_start, element.content_end)
        if not piece[0].startswith((b"<!--", b"<?"))
    ]
    full = [(*_trimmed(markup, *span), is_cdata) for span, is_cdata in pieces if markup[slice(*span)].strip()]
    if not full or element.text.strip() == plain(text):
        return ()
    (start, end, is_cdata), *others = full
    new = _in_cdata(text) if is_cdata else xml_escaped(text)
    return (Edit(start, end, new), *(Edit(start, end, b"") for start, end, _ in others))


def insert_before(markup: bytes, element: Element, floor: int, *new: bytes) -> tuple[Edit, ...]:
    """Write *new* elements before an element and the comments that belong to it: those with no blank line between.

    *floor* is where the element before it ends.
    """
    start = element.start
    while (space := _space_before(markup, start)).count(b"\n") <= 1 and markup.endswith(
        b"-->", floor, start - len(space)
    ):
        comment = markup.rfind(b"<!--", floor, start)
        if comment < 0:
            break
        start = comment
    place = start - len(_space_before(markup, start))
    return (Edit(place, place, b"".join(margin(markup, start) + each for each in new)),)


def insert_after(markup: bytes, element: Element, *new: bytes) -> tuple[Edit, ...]:
    """Write *new* elements behind an element."""
    return (Edit(element.end, element.end, b"".join(margin(markup, element.start) + each for each in new)),)


def append_children(markup: bytes, parent: Element, *new: bytes) -> tuple[Edit, ...]:
    """Write *new* elements behind the last child of *parent*, or at the end of its content when it has none."""
    if parent.children:
        return insert_after(markup, parent.children[-1], *new)
    outside = margin(markup, parent.start)
    inside = outside + b"  " if b"\n" in outside else b""
    content = b"".join(inside + each for each in new)
    if parent.is_empty_tag:
        place = _end_of_attributes(markup, parent)
        name = markup[parent.start + 1 : place].split(None, 1)[0]
        return (Edit(place, parent.end, b">" + content + outside + b"</" + name + b">"),)
    rest = _space_before(markup, parent.content_end)
    place = parent.content_end - len(rest)
    return (Edit(place, place, content + (b"" if rest else outside)),)


def remove_element(markup: bytes, element: Element) -> tuple[Edit, ...]:
    """Remove an element with the white space before it."""
    return (Edit(element.start - len(_space_before(markup, element.start)), element.end, b""),)


def _space_before(markup: bytes, place: int) -> bytes:
    """Give the white space that ends at *place*."""
    start = place
    while markup[start - 1 : start].isspace():
        start -= 1
    return markup[start:place]


def margin(markup: bytes, place: int) -> bytes:
    """Give the white space to write before a new neighbour of what stands at *place*, so that both look alike."""
    space = _space_before(markup, place)
    return space if len(space) <= _WIDEST_MARGIN else b"\n"


def sparkle_prefix(namespaces: Mapping[str, str]) -> str:
    """Give the prefix that stands for Sparkle's namespace, an empty text when there is none."""
    known = [prefix for prefix, namespace in namespaces.items() if prefix and namespace == SPARKLE_NAMESPACE]
    return known[-1] if known else ""


def xml_escaped(text: str) -> bytes:
    """Write text so that it may stand in an element or between quotes."""
    return html.escape(plain(text)).encode()


def _qualified(name: str, namespaces: Mapping[str, str]) -> bytes:
    if not name.startswith(SPARKLE):
        return name.encode()
    local = name.removeprefix(SPARKLE)
    if prefix := sparkle_prefix(namespaces):
        return f"{prefix}:{local}".encode()
    return f'xmlns:sparkle="{SPARKLE_NAMESPACE}" sparkle:{local}'.encode()


def _space_between(markup: bytes, element: Element) -> bytes:
    space = _SPACE.match(markup, element.attributes[-1].start) if element.attributes else None
    return space[0] if space else b" "


def _end_of_attributes(markup: bytes, element: Element) -> int:
    tag = markup[element.start : element.content_start]
    return element.start + len(tag[:-1].removesuffix(b"/").rstrip())


def _trimmed(markup: bytes, start: int, end: int) -> tuple[int, int]:
    text = markup[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def _in_cdata(text: str) -> bytes:
    return plain(text).encode().replace(b"]]>", b"]]]]><![CDATA[>")

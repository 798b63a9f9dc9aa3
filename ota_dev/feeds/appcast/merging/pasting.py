"""An item of one feed, written so that it may stand in another and looks as if it had always stood there."""

import re
from collections.abc import Mapping

from ota_dev.feeds.appcast.editing import margin, xml_escaped
from ota_dev.feeds.appcast.reading import Appcast, Element, Item

__all__ = ["pasted"]

_TAG_NAME = len(b"<item")
# A line break means nothing inside of a tag, where no quotes are around it, and between two tags. Elsewhere it is text.
_PIECES = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|(<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>)|(?<=[^\]]>)(\s+)(?=<[^!])|[^<]+", re.DOTALL
)
_IN_TAG = re.compile(rb"\"[^\"]*\"|'[^']*'|(\s+)")


def pasted(item: Item, source: Appcast, target: Appcast) -> bytes:
    """Give the markup of an *item*, indented and with lines that end as in *target*.

    Prefixes that mean nothing or something else in the first channel of *target* are declared by the item itself.
    """
    element, channel = item.element, target.channels[0]
    text = source.source.markup[element.start : element.end]
    known = {**target.root.declarations, **channel.declarations}
    text = text[:_TAG_NAME] + _declarations(item, text, known) + text[_TAG_NAME:]
    lines = text.replace(b"\r\n", b"\n")
    neighbour = channel.first("item") or next(reversed(channel.children), None)
    if neighbour:
        lines = _moved(lines, _indent(source, element), _indent(target, neighbour))
    return lines.replace(b"\n", _line_end(target.source.markup))


def _declarations(item: Item, text: bytes, known: Mapping[str, str]) -> bytes:
    missing = {
        prefix: namespace
        for prefix, namespace in {"": "", **item.namespaces}.items()
        if prefix not in item.element.declarations
        and known.get(prefix, "") != namespace
        and (not prefix or f"{prefix}:".encode() in text)
    }
    return b"".join(
        f" {f'xmlns:{prefix}' if prefix else 'xmlns'}=".encode() + b'"' + xml_escaped(namespace) + b'"'
        for prefix, namespace in missing.items()
    )


def _indent(appcast: Appcast, element: Element) -> bytes | None:
    """Give the white space before an element in its line, `None` when something else stands before it there."""
    _, line_break, indent = margin(appcast.source.markup, element.start).rpartition(b"\n")
    return indent if line_break else None


def _moved(text: bytes, old: bytes | None, new: bytes | None) -> bytes:
    if old is None or new is None:
        return text

    def move(space: bytes) -> bytes:
        return space.replace(b"\n" + old, b"\n" + new)

    def in_tag(piece: re.Match[bytes]) -> bytes:
        return move(piece[1]) if piece[1] else piece[0]

    def anywhere(piece: re.Match[bytes]) -> bytes:
        tag, space = piece.groups()
        return _IN_TAG.sub(in_tag, tag) if tag else move(space) if space else piece[0]

    return _PIECES.sub(anywhere, text)


def _line_end(markup: bytes) -> bytes:
    first = markup.find(b"\n")
    return b"\r\n" if markup[first - 1 : first] == b"\r" else b"\n"

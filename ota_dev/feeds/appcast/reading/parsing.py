"""XML into elements, within bounds: size, depth, elements, attributes and namespaces.

Expat judges what is well-formed and resolves references and namespaces; the source is looked at again only to learn
where each attribute stands. A document type is refused before anything in it counts, since no client needs one and
every attack by entities begins there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat

from ota_dev.feeds.appcast.reading.elements import Attribute, Element
from ota_dev.feeds.appcast.reading.source import Source

__all__ = ["parse"]

MAX_DEPTH = 100
MAX_ELEMENTS = 300_000
MAX_ATTRIBUTES = 200  # of one element, with its namespace declarations

_SEPARATOR = "\x1f"  # between namespace and local name; no XML document can hold it
_TAG_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG_END = re.compile(rb"\s*(/?)>")
_NOTHING: Mapping[str, str] = MappingProxyType({})

# What expat's own words leave open.
_HINTS = {
    expat.errors.XML_ERROR_NO_ELEMENTS: "the feed ends before its elements are closed",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "the feed ends in the middle of a tag, a comment or CDATA",
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "the feed ends in the middle of CDATA",
    expat.errors.XML_ERROR_INVALID_TOKEN: "a character is not allowed here; an & alone is written &amp;",
    expat.errors.XML_ERROR_TAG_MISMATCH: "this end tag does not close the element that is open",
    expat.errors.XML_ERROR_UNBOUND_PREFIX: "a prefix is used here that no xmlns attribute declares",
    expat.errors.XML_ERROR_MISPLACED_XML_PI: "nothing may stand before <?xml, not even a line break",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "XML has no such entity; write the character itself",
}


def parse(source: Source) -> Element:
    """Parse the markup and give its root element.

    Raises:
        FeedError: it is not well-formed, has a document type, or is beyond the bounds; line and column say where.
    """
    # The namespace of a prefix, as clients with a namespace-aware parser see it. The markup is UTF-8, whatever it says.
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    tree = _Tree(source, parser)
    try:
        parser.Parse(source.markup, True)
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code) or "the feed is not well-formed"
        raise source.error(parser.ErrorByteIndex, _HINTS.get(words, words)) from error
    return tree.root


class _Tree:
    """Builds elements out of what expat reports."""

    root: Element

    def __init__(self, source: Source, parser: expat.XMLParserType) -> None:
        self._source = source
        self._parser = parser
        self._open: list[_OpenElement] = []
        self._declarations: dict[str, str] = {}  # of the element that comes next
        self._elements = 0
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = self._refuse_document_type

    def _start(self, name: str, attributes: list[str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            self._refuse(f"the feed has more than {MAX_ELEMENTS} elements")
        if len(self._open) >= MAX_DEPTH:
            self._refuse(f"elements are nested more than {MAX_DEPTH} deep")
        if len(attributes) // 2 + len(self._declarations) > MAX_ATTRIBUTES:
            self._refuse(f"an element has more than {MAX_ATTRIBUTES} attributes")
        self._open.append(self._opened(name, attributes))
        self._declarations = {}

    def _opened(self, name: str, attributes: list[str]) -> "_OpenElement":
        markup, start = self._source.markup, self._parser.CurrentByteIndex
        position = _end_of(_TAG_NAME, markup, start)
        values = zip(attributes[::2], attributes[1::2], strict=True)
        found = []
        while attribute := _ATTRIBUTE.match(markup, position):
            # Namespace declarations stand among the attributes, but expat reports them apart.
            if not (attribute[1] == b"xmlns" or attribute[1].startswith(b"xmlns:")):
                found.append(_attribute(attribute, *next(values)))
            position = attribute.end()
        content_start = _end_of(_TAG_END, markup, position)
        return _OpenElement(_clark(name), tuple(found), self._declarations or _NOTHING, start, content_start)

    def _end(self, _name: str) -> None:
        index = self._parser.CurrentByteIndex
        element = self._open.pop().closed(index, self._source.markup)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element

    def _text(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        self._declarations[prefix or ""] = namespace or ""

    def _refuse_document_type(self, *_: object) -> None:
        self._refuse("a document type (<!DOCTYPE) has no place in an appcast, and is not read: remove it")

    def _refuse(self, what: str) -> None:
        raise self._source.error(self._parser.CurrentByteIndex, what)


@dataclass(slots=True)
class _OpenElement:
    """An element whose end has not been seen yet."""

    name: str
    attributes: tuple[Attribute, ...]
    declarations: Mapping[str, str]
    start: int
    content_start: int
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def closed(self, index: int, markup: bytes) -> Element:
        """End the element where expat is: at its end tag, or behind its empty-element tag."""
        is_empty_tag = markup.endswith(b"/>", self.start, self.content_start)
        end = self.content_start if is_empty_tag else markup.index(b">", index) + 1
        return Element(
            name=self.name,
            attributes=self.attributes,
            declarations=self.declarations,
            children=tuple(self.children),
            text="".join(self.texts),
            start=self.start,
            content_start=self.content_start,
            content_end=end if is_empty_tag else index,
            end=end,
        )


def _attribute(found: re.Match[bytes], name: str, value: str) -> Attribute:
    quoted = 2 if found[2] is not None else 3
    return Attribute(
        name=_clark(name),
        value=value,
        start=found.start(),
        value_start=found.start(quoted),
        value_end=found.end(quoted),
    )


def _clark(name: str) -> str:
    namespace, separator, local = name.rpartition(_SEPARATOR)
    return f"{{{namespace}}}{local}" if separator else local


def _end_of(pattern: re.Pattern[bytes], markup: bytes, position: int) -> int:
    found = pattern.match(markup, position)
    if found is None:
        raise AssertionError("expat accepted a tag that has another shape")
    return found.end()

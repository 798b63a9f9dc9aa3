"""JSON, read with the place of every value, which the standard library's reader does not give. Pure."""

import json
import re
from collections.abc import Iterator

from ota_dev.documents.nodes import DEEPEST, Node, Scalar, decoded, malformed
from ota_dev.errors import MalformedFeedError

__all__ = ["LARGEST_JSON", "read_json"]

LARGEST_JSON = 4 * 1024**2  # bytes

_BLANKS = re.compile(r"[ \t\r\n]*")


def _refuse(word: str) -> None:
    raise ValueError(word)


_SCALARS = json.JSONDecoder(parse_constant=_refuse)


def read_json(content: bytes, name: str) -> Node:
    """Read a document; *name* says in errors which one.

    Raises:
        MalformedFeedError: it is no JSON, or beyond the bounds.
    """
    return _Reader(decoded(content, name, LARGEST_JSON), name).document()


class _Reader:
    """Reads one text from its beginning to its end."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name, self._at = text, name, 0

    def document(self) -> Node:
        node = self._node(0)
        self._blanks()
        if self._at < len(self._text):
            raise self._error("something follows the end of the document")
        return node

    def _node(self, depth: int) -> Node:
        self._blanks()
        start = self._at
        if depth > DEEPEST:
            raise self._error(f"it is deeper than {DEEPEST} levels, which no feed is")
        match self._next():
            case "{":
                return Node(value=dict(self._members(depth)), offset=start)
            case "[":
                return Node(value=tuple(self._elements(depth)), offset=start)
            case '"':
                return Node(value=self._string(), offset=start)
        return Node(value=self._scalar(), offset=start)

    def _members(self, depth: int) -> Iterator[tuple[str, Node]]:
        for _ in self._parts("}"):
            if self._next() != '"':
                raise self._error("a name in double quotes belongs here")
            key = self._string()
            self._blanks()
            if self._next() != ":":
                raise self._error("a colon belongs between a name and its value")
            self._at += 1
            yield key, self._node(depth + 1)

    def _elements(self, depth: int) -> Iterator[Node]:
        return (self._node(depth + 1) for _ in self._parts("]"))

    def _parts(self, end: str) -> Iterator[None]:
        """Stop before each part of what goes up to *end*, and pass over the commas between them."""
        self._at += 1
        self._blanks()
        while self._next() != end:
            yield
            self._blanks()
            if self._next() == ",":
                self._at += 1
                self._blanks()
                if self._next() == end:
                    raise self._error("a comma stands behind the last value, where JSON has none")
            elif self._next() != end:
                raise self._error(f"a comma or {end} belongs here")
        self._at += 1

    def _string(self) -> str:
        # An escape may stand for half of a surrogate pair.
        return str(self._scalar()).encode(errors="replace").decode()

    def _scalar(self) -> Scalar:
        try:
            value: Scalar
            value, self._at = _SCALARS.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            raise malformed(self._name, self._text, error.pos, f"this is no JSON: {error.msg}") from error
        except ValueError as error:  # a number of very many digits, or one such as NaN
            raise self._error("this is no value in JSON") from error
        return value

    def _blanks(self) -> None:
        if blanks := _BLANKS.match(self._text, self._at):
            self._at = blanks.end()

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _error(self, reason: str) -> MalformedFeedError:
        return malformed(self._name, self._text, self._at, reason)

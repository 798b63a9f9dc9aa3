"""The bytes of a feed as one kind of text, and back again without a difference.

Decodes what update clients can read: UTF-8 and UTF-16, with or without a byte order mark, and the encodings that an
XML declaration may name. It does not look at the XML itself.
"""

import codecs
import re
from dataclasses import dataclass

from ota_dev.errors import FeedError, MalformedFeedError

__all__ = ["MAX_SIZE", "Place", "Source"]

MAX_SIZE = 32 * 1024 * 1024  # bytes; a feed with the notes of a thousand releases has a tenth of that

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))  # appendix F of XML 1.0
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_UTF_8 = ("utf-8", "utf8")
_ENCODINGS = frozenset(
    (
        *_UTF_8,
        *("us-ascii", "ascii", "latin1", "latin-1", "koi8-r", "koi8-u"),
        *(f"iso-8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *(f"windows-{page}" for page in (874, *range(1250, 1259))),
        *("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place in a feed as an editor shows it; both numbers count from 1."""

    line: int
    column: int  # in characters

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The markup of a feed in UTF-8, and what it takes to write it as its author did."""

    name: str  # as errors give it
    markup: bytes  # UTF-8, whatever the feed itself is written in
    encoding: str
    byte_order_mark: bytes

    @classmethod
    def decode(cls, feed: bytes, name: str) -> "Source":
        """Decode a feed; *name* says in errors which one.

        Raises:
            FeedError: it is empty or too large, or not written in the encoding that it declares.
        """
        if not feed.strip():
            raise MalformedFeedError(name, "the feed is empty: an appcast has at least an rss element with a channel")
        if len(feed) > MAX_SIZE:
            raise MalformedFeedError(name, f"the feed is larger than {MAX_SIZE // 1024**2} MiB, which no appcast is")
        mark, encoding = next((known for known in _MARKS if feed.startswith(known[0])), (b"", ""))
        encoding = encoding or _encoding_without_mark(feed, name)
        content = feed[len(mark) :]
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            place = _place(content[: error.start].decode(encoding, "replace"))
            raise MalformedFeedError(
                name, f"these bytes are not {encoding}: save the feed in UTF-8", line=place.line, column=place.column
            ) from error
        if encoding in _UTF_8:
            markup = content
        elif text.encode(encoding) == content:
            markup = text.encode()
        else:
            raise MalformedFeedError(name, f"not every character of the feed survives in {encoding}: save it in UTF-8")
        return cls(name=name, markup=markup, encoding=encoding, byte_order_mark=mark)

    @property
    def charset(self) -> str:
        """Give the name of the encoding as it stands in `Content-Type` (RFC 2781 for UTF-16)."""
        if self.encoding.startswith("utf-16"):
            return "utf-16" if self.byte_order_mark else self.encoding.replace("utf-16-", "utf-16")
        return "utf-8" if self.encoding in _UTF_8 else self.encoding

    def encode(self, markup: bytes) -> bytes:
        """Write edited *markup* in the encoding of this feed.

        Raises:
            FeedError: the encoding has no such character.
        """
        if self.encoding in _UTF_8:
            return self.byte_order_mark + markup
        try:
            return self.byte_order_mark + markup.decode().encode(self.encoding)
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            raise FeedError(
                f"{self.name}: {character!r} cannot be written in {self.encoding}, which the feed declares: "
                "save the feed in UTF-8"
            ) from error

    def place(self, offset: int) -> Place:
        """Give the place of a byte of the markup."""
        return _place(self.markup[:offset].decode(errors="replace"))

    def error(self, offset: int, what: str) -> MalformedFeedError:
        """Build the error that says *what* is wrong at a byte of the markup."""
        place = self.place(offset)
        return MalformedFeedError(self.name, what, line=place.line, column=place.column)


def _encoding_without_mark(feed: bytes, name: str) -> str:
    for start, encoding in _UNMARKED:
        if feed.startswith(start):
            return encoding
    declared = _DECLARED.match(feed)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if encoding not in _ENCODINGS:
        reason = f"the feed is not written in {encoding}, which it declares: save it in UTF-8"
        raise MalformedFeedError(name, reason, line=1)
    return encoding


def _place(before: str) -> Place:
    # A carriage return alone, before a line feed or none, ends a line in XML (section 2.11).
    lines = before.replace("\r\n", "\n").replace("\r", "\n")
    return Place(line=lines.count("\n") + 1, column=len(lines) - (lines.rfind("\n") + 1) + 1)

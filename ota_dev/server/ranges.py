"""The `Range` header read against a file of a known size: RFC 9110 section 14. Pure.

1. Parts come in the order asked and unmerged: electron-updater assembles a file from some thousand of them.
2. Another unit than bytes, or a header that is malformed anywhere, means the whole file.
3. Parts beyond the end are left out; when none is left the answer is 416.
4. Too many parts, or parts that together are much longer than the file, mean the whole file: a small request must not
   be worth an endless answer.
"""

import re

from ota_dev.server.messages import Span

__all__ = ["parse_ranges"]

MOST_RANGES = 4000
_PART = re.compile(r"(?P<first>[0-9]*)-(?P<last>[0-9]*)", re.ASCII)
_LARGEST_POSITION = 2**63 - 1


def parse_ranges(header: str, size: int) -> tuple[Span, ...] | None:
    """Read a `Range` header against a file of *size* bytes.

    `None` means "serve the whole file"; an empty tuple means that no part lies within the file (the answer is 416).
    """
    unit, _, range_set = header.partition("=")
    texts = [text for part in range_set.split(",", MOST_RANGES + 1) if (text := part.strip(" \t"))]
    if unit.strip().lower() != "bytes" or not 0 < len(texts) <= MOST_RANGES:
        return None
    parts = [_parse_part(text) for text in texts]
    if None in parts:
        return None
    spans = tuple(span for part in parts if part and (span := _fit(*part, size)))
    if not size and any(first is None and last for first, last in filter(None, parts)):
        return None  # The last bytes of an empty file are all of it, which no Content-Range can express.
    return None if _are_excessive(spans, size) else spans


def _parse_part(text: str) -> tuple[int | None, int | None] | None:
    """Give the first and last position; a first of `None` makes the last a suffix length. `None` is malformed."""
    match = _PART.fullmatch(text)
    if match is None:
        return None
    first, last = _position(match["first"]), _position(match["last"])
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        return None
    return first, last


def _position(digits: str) -> int | None:
    if not digits:
        return None
    # int() refuses thousands of digits; nineteen are beyond any file already.
    significant = digits.lstrip("0") or "0"
    return _LARGEST_POSITION if len(significant) > 18 else int(significant)


def _fit(first: int | None, last: int | None, size: int) -> Span | None:
    if first is None:
        length = min(last or 0, size)
        return Span(size - length, length) if length else None
    if first >= size:
        return None
    end = size if last is None else min(last + 1, size)
    return Span(first, end - first)


def _are_excessive(spans: tuple[Span, ...], size: int) -> bool:
    return len(spans) > 1 and sum(span.length for span in spans) > 2 * size

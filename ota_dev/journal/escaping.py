"""Making text from a client safe to show in a terminal, a log or a page. Pure."""

import re

__all__ = ["escape_control"]

# Control characters (C0, DEL, C1), what reorders or hides text (bidirectional marks, zero-width characters, tags),
# line separators, and lone surrogates, which no encoding can write. The backslash is escaped too, so that an escape
# in the result is always ours.
_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\\\\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def escape_control(text: str, limit: int = 2048) -> str:
    r"""Escape what could steer a terminal or disguise a line, as `\n`, `\x1b` or `\u202e`, and cut at *limit*."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return shown if shown.isascii() and shown.isprintable() and "\\" not in shown else _UNSAFE.sub(_escape, shown)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")

"""Text that somebody else wrote, made fit to publish (`plain`) or to show in a terminal, a log or a page. Pure."""

import re
import unicodedata

__all__ = ["escape_control", "plain", "plain_lines"]

# What turns the direction of text: marks, embeddings, overrides and isolates (Unicode Standard Annex 9).
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NO_CHARACTERS = "\ufffe\uffff"  # which XML does not allow
_UNWANTED_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")


def plain(text: str) -> str:
    """Give *text* with every run of white space as one blank, and without what no name or version has.

    Joiners stay: emoji and several scripts need them.
    """
    if not text.isprintable():
        text = "".join(character for character in text if character.isspace() or not _is_unwanted(character))
    return " ".join(text.split())


def plain_lines(text: str) -> str:
    """Give a *text* of several lines, such as notes, with its lines, tabs and blanks, and without the same."""
    return "\n".join(map(_plain_line, text.split("\n"))).strip()


def _plain_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(character for character in line if character == "\t" or not _is_unwanted(character))


def _is_unwanted(character: str) -> bool:
    return (
        character in _DIRECTIONS
        or character in _NO_CHARACTERS
        or unicodedata.category(character) in _UNWANTED_CATEGORIES
    )


# Control characters (C0, DEL, C1), what reorders or hides text (bidirectional marks, zero-width characters, tags),
# line separators, and lone surrogates, which no encoding can write. The backslash is escaped too, so that an escape
# in the result is always ours.
_STEERING = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\\\\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def escape_control(text: str, limit: int = 2048) -> str:
    r"""Escape what could steer a terminal or disguise a line, as `\n`, `\x1b` or `\u202e`, and cut at *limit*."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return shown if shown.isascii() and shown.isprintable() and "\\" not in shown else _STEERING.sub(_escape, shown)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")

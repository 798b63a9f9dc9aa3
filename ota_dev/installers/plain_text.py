"""Text as it may be shown and published: without control characters and without tricks of direction; pure."""

import unicodedata

__all__ = ["plain"]

# What turns the direction of text: marks, embeddings, overrides and isolates (Unicode Standard Annex 9).
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NO_CHARACTERS = "\ufffe\uffff"  # which XML does not allow
_UNWANTED_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")


def plain(text: str) -> str:
    """Give *text* with every run of white space as one blank, and without what no name or version has.

    Joiners stay: emoji and several scripts need them.
    """
    wanted = "".join(character for character in text if character.isspace() or not _is_unwanted(character))
    return " ".join(wanted.split())


def _is_unwanted(character: str) -> bool:
    return (
        character in _DIRECTIONS
        or character in _NO_CHARACTERS
        or unicodedata.category(character) in _UNWANTED_CATEGORIES
    )

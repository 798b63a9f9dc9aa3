"""The product's name among the words of a file name. Pure: reads nothing.

It stands before the version, else behind it, without the words about setup, channel and target.
"""

from collections.abc import Sequence

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.scan.file_names.versions import FoundVersion
from ota_dev.scan.file_names.words import DIGITS, Filler, Word

__all__ = ["product_name", "product_words"]

_SETUP_ENDINGS = ("Setup", "Installer", "Portable")
_BRACKETS = str.maketrans(dict.fromkeys("_()[]{}", " "))
_SEPARATORS = str.maketrans(dict.fromkeys("_()[]{}-.", " "))


def product_words(words: Sequence[Word], version: FoundVersion | None) -> Sequence[Word]:
    """Choose the words of the product's name."""
    if version is None:
        return _without_the_rest(words)
    return _without_the_rest(words[: version.first]) or _without_the_rest(words[version.end :])


def product_name(words: Sequence[Word]) -> str | None:
    """Write a name as people read it; `None` for no words.

    Dashes, dots and underscores become spaces, but where a name has spaces of its own, or starts as `7-Zip` does, its
    dashes and dots are meant.
    """
    if not words:
        return None
    first, *rest = words
    has_spaces = any(" " in word.before for word in rest)
    texts = [first.text]
    for word in rest:
        is_meant = has_spaces or (len(texts) == 1 and len(first.text) == 1 and word.before == "-")
        separator = word.before if word.before.isprintable() else " "
        texts += [separator.translate(_BRACKETS if is_meant else _SEPARATORS), word.text]
    ending = next((ending for ending in _SETUP_ENDINGS if words[-1].text.endswith(ending)), "")
    return " ".join("".join(texts).removesuffix(ending).split()) or None


def _without_the_rest(words: Sequence[Word]) -> Sequence[Word]:
    """Leave out setup words in front, known words of any sort at the end, and targets in between."""
    start, end = 0, len(words)
    while start < end and words[start].meaning is Filler.SETUP:
        start += 1
    while start < end and (words[end - 1].meaning is not None or _is_of_system(words, start, end - 1)):
        end -= 1
    if start == end:
        return ()
    between = (word for word in words[start + 1 : end] if not isinstance(word.meaning, Platform | Architecture))
    return (words[start], *between)


def _is_of_system(words: Sequence[Word], start: int, place: int) -> bool:
    """Say whether a word is the version of a system, as in `macos-11`."""
    is_number = not words[place].key.strip(DIGITS)
    return is_number and place > start and isinstance(words[place - 1].meaning, Platform)

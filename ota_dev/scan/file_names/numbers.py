"""The numbers among the words of a file name, each of which may be a version. Pure: reads nothing.

They are dotted (`1.3.0`), or single numbers joined by one separator (`1_3_0`, `1-3-0`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ota_dev.scan.file_names.words import DIGITS, Word

__all__ = ["Numbers", "all_numbers", "is_year", "numbers_at"]

_FEWEST_JOINED = {"_": 2, "-": 3, " ": 3}  # "-1" and " 2" are common behind a single number that is the whole version
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)*)(.*)")


class Numbers(NamedTuple):
    """Numbers that may be a version."""

    first: int  # the places of their words: from `first` up to, not including, `end`
    end: int
    parts: tuple[str, ...]
    attached: str  # what follows without a separator, such as the `rc1` of `1.3.0rc1`
    is_dotted: bool

    @property
    def text(self) -> str:
        """Give the numbers as a version is written."""
        return ".".join(self.parts) + self.attached


def all_numbers(words: Sequence[Word]) -> Iterator[Numbers]:
    """Find the numbers, none of them twice."""
    end = 0
    for place, word in enumerate(words):
        if place >= end and word.key[0] in DIGITS and (numbers := numbers_at(words, place)):
            yield numbers
            end = numbers.end


def numbers_at(words: Sequence[Word], first: int) -> Numbers | None:
    """Read the numbers that start at a place; `None` where none do."""
    read = _read_number(words[first])
    if read is None:
        return None
    core, attached = read
    if "." in core or attached:
        return Numbers(first, first + 1, tuple(core.split(".")), attached, "." in core)
    parts, attached = _joined_numbers(words, first)
    return Numbers(first, first + len(parts), tuple(parts), attached, False)


def is_year(number: str) -> bool:
    """Say whether a number may be the year of a date."""
    return len(number) == 4 and number.startswith(("19", "20"))


def _read_number(word: Word) -> tuple[str, str] | None:
    """Split a word such as `3rc1` into its number and what is attached; `None` where it is no number."""
    is_something_else = word.meaning is not None and word.key.strip(DIGITS)  # `64bit`, or a commit
    match = None if is_something_else else _NUMBER.fullmatch(word.text)
    return (match[1], match[2]) if match else None


def _joined_numbers(words: Sequence[Word], first: int) -> tuple[list[str], str]:
    """Read on while one separator joins single numbers; too few of them are no more than the first."""
    parts, attached = [words[first].key], ""
    separator = words[first + 1].before if first + 1 < len(words) else ""
    fewest = _FEWEST_JOINED.get(separator)
    if fewest is None:
        return parts, attached
    for place in range(first + 1, len(words)):
        read = _read_number(words[place]) if words[place].before == separator and not attached else None
        if read is None or "." in read[0] or is_year(read[0]):
            break
        parts.append(read[0])
        attached = read[1]
    return (parts, attached) if len(parts) >= fewest else (parts[:1], "")

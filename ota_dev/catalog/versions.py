"""Versions, compared exactly as Sparkle compares them.

Source of every rule: `SUStandardVersionComparator.m` of Sparkle 2.9.

1. A version is split into runs of one class: numbers, letters and symbols ("string"), separators. Each separator
   character is a part of its own.
2. A dash anywhere but first ends the version; what follows is ignored, so `1.0-beta.1` equals `1.0`.
3. The shorter run of leading numbers and periods is padded with `0` and `.` to the other's pattern.
4. Parts are compared pairwise: numbers by value, saturating at 64 bits; strings by character; separators are equal.
   Where classes differ a string is older than anything, and a number newer than a separator.
5. With parts left on one side, that side is older if the next part is a string, else newer.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, cmp_to_key
from itertools import groupby
from typing import Any

__all__ = ["Version", "compare"]

LARGEST_NUMBER = 2**63 - 1
_TYPED = re.compile(r"v?([0-9][0-9A-Za-z.+_-]{0,99})")
_NUMERIC = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})*", re.ASCII)


class _Class(Enum):
    NUMBER = "number"
    PERIOD = "period"
    DASH = "dash"
    OTHER_SEPARATOR = "other separator"
    STRING = "string"

    @property
    def is_separator(self) -> bool:
        return self in (_Class.PERIOD, _Class.DASH, _Class.OTHER_SEPARATOR)


_Part = tuple[_Class, str]


@dataclass(frozen=True, slots=False)
class Version:
    """A version as its author wrote it.

    `==` is equality of the text; `compare` says which of two is newer, and finds different texts equal
    (`1.0` and `1.0.0`).
    """

    text: str

    @classmethod
    def read(cls, text: str) -> "Version | None":
        """Read a version as people and programs write it down, such as `1.3.0` or `v1.3.0`; `None` for what is none."""
        match = _TYPED.fullmatch(text)
        return cls(match[1]) if match else None

    def __str__(self) -> str:
        return self.text

    @cached_property
    def numbers(self) -> tuple[int, ...] | None:
        """Give the numbers of a purely numeric version without trailing zeros, `None` for any other."""
        if not _NUMERIC.fullmatch(self.text):
            return None
        numbers = [int(number) for number in self.text.split(".")]
        while len(numbers) > 1 and numbers[-1] == 0:
            numbers.pop()
        return tuple(numbers)

    @cached_property
    def canonical(self) -> str:
        """Give one spelling for `1.3`, `1.3.0` and `1.3.0.0`; any other version is its own spelling.

        Versions that merely compare equal, such as `1.3.0-beta.1` and `1.3.0`, stay apart.
        """
        return self.text if self.numbers is None else ".".join(map(str, self.numbers))

    @property
    def order(self) -> Any:  # the type of functools' keys is private
        """Give a key that sorts oldest first."""
        return _order(self)

    def is_newer_than(self, other: "Version") -> bool:
        """Say whether a client that has *other* would be offered this version."""
        return compare(self, other) > 0


def compare(a: Version, b: Version) -> int:
    """Compare as Sparkle does: -1 when *a* is older, 0 when equal, 1 when newer."""
    if a.numbers is not None and b.numbers is not None:
        return _sign(a.numbers, b.numbers)
    return _compare_parts(_split(a.text), _split(b.text))


_order = cmp_to_key(compare)


def _compare_parts(a: list[_Part], b: list[_Part]) -> int:
    _pad(a, b)
    for part_a, part_b in zip(a, b, strict=False):
        if (result := _compare_part(part_a, part_b)) != 0:
            return result
    if len(a) == len(b):
        return 0
    longer, rest = (1, a[len(b) :]) if len(a) > len(b) else (-1, b[len(a) :])
    return -longer if rest[0][0] is _Class.STRING else longer


def _compare_part(a: _Part, b: _Part) -> int:
    (class_a, text_a), (class_b, text_b) = a, b
    if class_a is class_b is _Class.NUMBER:
        return _sign(_number(text_a), _number(text_b))
    if class_a is class_b is _Class.STRING:
        return _sign(text_a, text_b)
    if class_a is class_b or (class_a.is_separator and class_b.is_separator):
        return 0
    if _Class.STRING in (class_a, class_b):
        return -1 if class_a is _Class.STRING else 1
    return 1 if class_a is _Class.NUMBER else -1


def _pad(a: list[_Part], b: list[_Part]) -> None:
    shorter, longer = sorted((a, b), key=_leading)
    start, end = _leading(shorter), _leading(longer)
    shorter[start:start] = [(kind, "0" if kind is _Class.NUMBER else ".") for kind, _ in longer[start:end]]


def _leading(parts: list[_Part]) -> int:
    for count, (kind, _) in enumerate(parts):
        if kind not in (_Class.NUMBER, _Class.PERIOD):
            return count
    return len(parts)


def _split(text: str) -> list[_Part]:
    parts: list[_Part] = []
    for kind, run in groupby(text, _classify):
        if kind is _Class.DASH and parts:
            break
        characters = "".join(run)
        if kind is _Class.DASH:
            parts.append((kind, "-"))
            if len(characters) > 1:
                break
        elif kind.is_separator:
            parts += [(kind, character) for character in characters]
        else:
            parts.append((kind, characters))
    return parts


def _classify(character: str) -> _Class:
    if character == ".":
        return _Class.PERIOD
    if character == "-":
        return _Class.DASH
    category = unicodedata.category(character)
    if category == "Nd":
        return _Class.NUMBER
    return _Class.OTHER_SEPARATOR if category.startswith(("P", "Z")) or character.isspace() else _Class.STRING


def _number(text: str) -> int:
    # A number of 4,300 digits and more would make int() raise; nineteen decide already.
    digits = text.lstrip("0")
    return LARGEST_NUMBER if len(digits) > 19 else min(int(digits or "0"), LARGEST_NUMBER)


def _sign(a: Any, b: Any) -> int:  # two numbers, two strings or two tuples of numbers
    return int(a > b) - int(a < b)

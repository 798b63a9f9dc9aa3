"""The version among the words of a file name. Pure: reads nothing.

- A version has one to four numbers, which may be a calendar date (`2024.10.05`).
- A pre-release (`1.3.0-beta.2`, `1.3.0rc1`) and a build (`1.3.0+45`) belong to it. Another number behind a dash does
  not: it is a package's revision, or the second copy of a download.
- Of several versions the clearest counts; of clear ones the one with the most numbers, then the last. Of doubtful ones
  the first counts, since dates and versions of systems stand at the end.
- A single number at the very front or before another plain word belongs to the product (`7-Zip`, `Acme 3 Notes`), one
  behind a system's name to that system (`macos-11`).
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.scan.file_names.numbers import Numbers, all_numbers, is_year, numbers_at
from ota_dev.scan.file_names.words import CHANNELS, DIGITS, Filler, Word

__all__ = ["FoundVersion", "find_version"]

LONGEST_VERSION = 64  # characters
MOST_NUMBERS = 4
_PRE_RELEASES = CHANNELS | {"a", "b", "c"}
_SUFFIX = re.compile(r"([^\W\d_]+)([0-9][0-9.]*)?")


class _Clarity(IntEnum):
    """How sure it is that numbers are the version."""

    DATE = 0  # or a time, or a commit
    WEAK = 1  # a single number, or one inside a name, such as `Web2.0-Viewer`
    DOUBTFUL = 2  # not dotted, attached to a name, behind a system's name, or a calendar version
    CLEAR = 3


class FoundVersion(NamedTuple):
    """A version and the words it was read from: from `first` up to, not including, `end`."""

    text: str
    first: int
    end: int


def find_version(words: Sequence[Word]) -> FoundVersion | None:
    """Find the version, `None` where nothing is one."""
    ranked = [(rank, numbers) for numbers in all_numbers(words) if (rank := _rank(words, numbers))]
    if not ranked:
        return None
    _, best = max(ranked)
    suffix, end = ("", best.end) if best.attached else _pre_release(words, best.end)
    build, end = _build(words, end)
    whole = best.text + suffix + build
    return FoundVersion(whole if len(whole) <= LONGEST_VERSION else best.text, best.first, end)


def _rank(words: Sequence[Word], numbers: Numbers) -> tuple[int, int, int] | None:
    """Give what orders numbers by how well they would do as the version; `None` where they are none."""
    if len(numbers.parts) > MOST_NUMBERS or len(numbers.text) > LONGEST_VERSION or not _is_suffix_fitting(numbers):
        return None
    previous = words[numbers.first - 1] if numbers.first else None
    is_single = len(numbers.parts) == 1
    clarity = _clarity_of_one(words, numbers, previous) if is_single else _clarity_of_many(words, numbers, previous)
    if clarity is None:
        return None
    if clarity is _Clarity.DOUBTFUL:
        return clarity, 0, -numbers.first
    return clarity, len(numbers.parts), numbers.first


def _clarity_of_many(words: Sequence[Word], numbers: Numbers, previous: Word | None) -> _Clarity | None:
    if _is_date(numbers.parts):
        return _Clarity.DOUBTFUL if numbers.is_dotted else _Clarity.DATE
    if not numbers.is_dotted:
        return None if _goes_on(previous, words[numbers.first]) else _Clarity.DOUBTFUL
    if previous is None or previous.meaning is Filler.VERSION_MARK:
        return _Clarity.CLEAR
    if not words[numbers.first].before:
        return _Clarity.WEAK if _is_before_plain_word(words, numbers) else _Clarity.DOUBTFUL
    return _Clarity.DOUBTFUL if isinstance(previous.meaning, Platform) else _Clarity.CLEAR


def _clarity_of_one(words: Sequence[Word], numbers: Numbers, previous: Word | None) -> _Clarity | None:
    if words[numbers.first].meaning is Filler.COMMIT:
        return _Clarity.DATE
    if previous is None or _is_before_plain_word(words, numbers):
        return None
    if previous.meaning is Filler.VERSION_MARK:
        return _Clarity.CLEAR if numbers.first > 1 else None
    if isinstance(previous.meaning, Platform) or previous.key[0] in DIGITS or _goes_on(previous, words[numbers.first]):
        return None
    return None if numbers.text in ("32", "64") else _Clarity.WEAK  # Bits of a processor, not versions of an app.


def _goes_on(previous: Word | None, word: Word) -> bool:
    """Say whether a version may have begun in the word before: the `3_0` of `AcmeNotes1_3_0` is none."""
    return bool(previous and word.before == "_" and previous.meaning is None and previous.key[-1] in DIGITS)


def _is_suffix_fitting(numbers: Numbers) -> bool:
    """Say whether what is attached can be: a pre-release; or one letter, a patch level (`1.1.1w`), but not in `3D`."""
    if not numbers.attached:
        return True
    match = _SUFFIX.fullmatch(numbers.attached.lower())
    if match is None:
        return False
    letters, number = match.groups()
    if len(letters) == 1:
        return len(numbers.parts) > 1 or (bool(number) and letters in _PRE_RELEASES)
    return letters in _PRE_RELEASES


def _is_before_plain_word(words: Sequence[Word], numbers: Numbers) -> bool:
    following = words[numbers.end] if numbers.end < len(words) else None
    return following is not None and following.meaning is None and following.key[0] not in DIGITS


def _is_date(parts: Sequence[str]) -> bool:
    """Say whether numbers may be a calendar date or begin with one, such as `2024.10`, `2024-10-05`, `20241005.1`."""
    year, month, day, *_ = *parts, "1"
    return len(year) >= 8 or (is_year(year) and 1 <= int(month) <= 12 and 1 <= int(day) <= 31)


def _pre_release(words: Sequence[Word], place: int) -> tuple[str, int]:
    """Read a pre-release behind a version that ends at *place*; give it with its separator, and the place behind it.

    Words for the target may stand between, since a `1.3.0-mac-beta` must not be taken for the release.
    """
    following = next((n for n in range(place, len(words)) if not _is_target(words[n])), len(words))
    if following == len(words) or words[following].before in ("", "+"):
        return "", place
    word = words[following]
    match = _SUFFIX.fullmatch(word.key)
    if match is None or match[1] not in _PRE_RELEASES or (len(match[1]) == 1 and not match[2]):
        return "", place
    # Debian and RPM packages write 1.3.0~beta for what others call 1.3.0-beta, since they sort "~" first.
    text, end = _separator(word.before, "-") + word.text, following + 1
    number = None if match[2] or end == len(words) else numbers_at(words, end)
    if number is None or number.attached or words[end].before not in (".", "-", "_", " "):
        return text, end
    return text + _separator(words[end].before, ".") + number.text, number.end


def _is_target(word: Word) -> bool:
    return isinstance(word.meaning, Platform | Architecture)


def _separator(written: str, usual: str) -> str:
    return written if written in (".", "-") else usual


def _build(words: Sequence[Word], place: int) -> tuple[str, int]:
    """Read build metadata (`+45`, `+build.45`) that starts at *place*; give it, and the place behind it."""
    text, separator = "", "+"
    while place < len(words) and words[place].before == separator and len(text) <= LONGEST_VERSION:
        word = words[place]
        if _is_target(word) or word.meaning is Filler.SETUP:
            break
        text += separator + word.text
        separator = "."
        place += 1
    return text, place

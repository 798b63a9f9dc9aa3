"""The words of an installer's file name, and what each one is about. Pure: reads nothing.

Words are found whole, so that there is no `win` in `darwin` and no `x64` in `x64dbg`. A number keeps its dots
(`1.3.0`) and what is attached to it (`1.3.0rc1`); what is attached in front of it becomes a word of its own (`v1.3.0`,
`AcmeNotes1.3.0`). Which of the numbers is the version is not decided here.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from ota_dev.catalog.targets import Architecture, Platform

__all__ = ["CHANNELS", "DIGITS", "Filler", "Meaning", "Word", "meant_on", "split_words"]

DIGITS = "0123456789"
NUMERIC = DIGITS + "."
LONGEST_NUMBER = 64  # characters; a longer word is no version, and is not searched for one

CHANNELS = frozenset(
    (
        *("alpha", "beta", "rc", "pre", "preview", "prerelease", "dev"),
        *("nightly", "canary", "snapshot", "insider", "insiders", "eap"),
    )
)


class Filler(Enum):
    """What a word is about that belongs neither to the product's name nor to its target."""

    SETUP = "setup"
    CHANNEL = "channel"
    VERSION_MARK = "version mark"
    COMMIT = "commit or date"
    OTHER = "other"


Meaning = Platform | Architecture | Filler


class Word(NamedTuple):
    """One word of a file name."""

    text: str  # as written
    key: str  # in lower case
    before: str  # the separators between it and the word before; empty where the two are attached
    meaning: Meaning | None  # `None` for a plain word or number


_FILLERS = {
    **dict.fromkeys(("setup", "installer", "install"), Filler.SETUP),
    **dict.fromkeys(CHANNELS, Filler.CHANNEL),
    **dict.fromkeys(("v", "ver", "version"), Filler.VERSION_MARK),
    **dict.fromkeys(("portable", "standalone", "offline", "full", "delta", "release", "stable", "final"), Filler.OTHER),
    **dict.fromkeys(("build", "signed", "unsigned", "notarized", "bin"), Filler.OTHER),
    # The other parts of a target triple, such as x86_64-pc-windows-msvc.
    **dict.fromkeys(("unknown", "pc", "apple", "gnu", "musl", "msvc", "gnueabihf"), Filler.OTHER),
}
_DISTRIBUTIONS = frozenset(("ubuntu", "debian", "fedora", "centos", "rhel", "opensuse", "alpine"))

# What says something of the architecture on one platform only, and is a plain word on the others.
_MEANINGS_ON: dict[Platform, dict[str, Meaning]] = {
    Platform.MACOS: {
        "intel": Architecture.X86_64,
        **dict.fromkeys(("arm", "silicon", "applesilicon"), Architecture.ARM64),
    },
    Platform.WINDOWS: dict.fromkeys(("neutral", "anycpu"), Architecture.UNIVERSAL),
    Platform.LINUX: dict.fromkeys(("all", "noarch"), Architecture.UNIVERSAL),
    Platform.UNKNOWN: {},
}

_SECOND_HALVES = frozenset(("64", "32", "2", "bit"))  # of Arm 64, win-32, universal-2, 64-bit

# Only `x86_64` has a separator in it without fail, so that it is a word even before ".1.3.0".
_WORD = re.compile(
    r"""
    [xX]86[_-]64(?![^\W_])
    | [^\W_]+ (?: (?<=[0-9]) \. [0-9] [^\W_]* )*
      (?: \+\+ | [\#!] )?  # Notepad++ and C#
    """,
    re.VERBOSE,
)
_DOTTED_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_COMMIT = re.compile(r"g?(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,40}")


def split_words(text: str) -> list[Word]:
    """Split a file name without its ending into words."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        before = text[end : match.start()]
        end = match.end()
        for piece in _pieces(match.group()):
            _add(words, piece, before)
            before = ""
    _drop_copy_marks(words)
    return words


def meant_on(platform: Platform, word: Word) -> Word:
    """Give the word with what it means on *platform*, such as `intel` on macOS."""
    meaning = _MEANINGS_ON[platform].get(word.key)
    return word._replace(meaning=meaning) if meaning else word


def _add(words: list[Word], text: str, before: str) -> None:
    key = text.lower()
    if key in _SECOND_HALVES and words and before in ("-", "_", " ") and _is_half(words[-1], key):
        last = words.pop()
        text, key, before = last.text + before + text, last.key + key, last.before
    words.append(Word(text, key, before, _meaning(key)))


def _is_half(last: Word, key: str) -> bool:
    if Architecture.parse(last.key + key) is not Architecture.UNKNOWN:
        return True
    return isinstance(last.meaning, Platform) and key in ("64", "32")


@lru_cache(maxsize=1024)  # The words of a folder's installers are mostly the same.
def _meaning(key: str) -> Meaning | None:
    if not key.strip(DIGITS):
        return Filler.COMMIT if len(key) >= 8 else None
    if key in _FILLERS:
        return _FILLERS[key]
    system = key.rstrip(NUMERIC)  # `win32` and `macos11.0`
    if (platform := Platform.parse(system)) is not Platform.UNKNOWN:
        return platform
    if system in _DISTRIBUTIONS:
        return Platform.LINUX
    if (architecture := Architecture.parse(key)) is not Architecture.UNKNOWN:
        return architecture
    return Filler.COMMIT if _COMMIT.fullmatch(key) else None


def _pieces(text: str) -> Iterable[str]:
    """Split a word where a number is attached to a name, a `v` or a target; most words are one piece."""
    if text.isalpha() or not text.strip(NUMERIC) or len(text) > LONGEST_NUMBER:
        return (text,)
    if "." in text:
        return _pieces_of_dotted(text)
    if _is_target(text):
        return (text,)
    if text[0] in "vV" and text[1] in DIGITS:
        return text[0], text[1:]
    return _pieces_of_number(text)


def _pieces_of_dotted(text: str) -> Iterator[str]:
    first, _, rest = text.partition(".")
    start, _, last = text.rpartition(".")
    if _is_target(first) and (first.endswith(("32", "64")) or not _is_target(text)):  # x64.4.14.3, but not macos11.0
        yield from (first, rest)
    elif _is_target(last):  # 1.3.0.64bit
        yield from (start, last)
    elif _is_target(text):
        yield text
    else:
        name = _DOTTED_NUMBER.split(text, maxsplit=1)[0]
        if name:
            yield name
        yield from _pieces_of_number(text[len(name) :])


def _pieces_of_number(text: str) -> Iterator[str]:
    rest = text.lstrip(NUMERIC)
    if len(rest) < len(text) and _is_target(rest):  # 1.0x64
        yield text[: -len(rest)]
        yield rest
    else:
        yield text


def _is_target(text: str) -> bool:
    return isinstance(_meaning(text.lower()), Platform | Architecture)


def _drop_copy_marks(words: list[Word]) -> None:
    """Drop what browsers and file managers add to a second copy: ` (1)`, ` copy`, ` copy 2`, ` - Copy (2)`."""
    while words:
        last = words[-1]
        is_counter = len(last.key) <= 3 and not last.key.strip(DIGITS)
        if last.key == "copy" or (is_counter and last.before.endswith("(")):
            words.pop()
        elif is_counter and len(words) > 1 and words[-2].key == "copy":
            del words[-2:]
        else:
            return

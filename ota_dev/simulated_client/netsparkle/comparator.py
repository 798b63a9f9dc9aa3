"""NetSparkle's order of versions. Pure.

Source: `SemVerLike.cs` of NetSparkle 3.0 (70493547). A version ends at the first `-` or `+`; digits are filled up to
ten and then compared as text, by the rules of a language: nothing is padded (`1.0` is older than `1.0.0`), and
numbers of more than ten digits are in the wrong order. With equal versions no suffix is newer than any, so `1.0+1`
is older than `1.0`. Of a language's rules only those are here that make a difference to versions: white space and
punctuation, then digits, then letters, and case only where all else is equal.
"""

import re

from ota_dev.simulated_client.comparators import by_key

__all__ = ["compare", "split_suffix"]

_DIGITS = re.compile(r"\d+")
_SUFFIX = re.compile(r"[-+]")
_WIDTH = 10


def split_suffix(version: str) -> tuple[str, str]:
    """Split a version from its suffixes, which begin with `-` or `+`."""
    found = _SUFFIX.search(version)
    return (version[: found.start()], version[found.start() :]) if found else (version, "")


def _key(version: str) -> tuple[object, ...]:
    plain, suffix = split_suffix(version)
    return (_collated(plain), not suffix, _collated(suffix))


def _collated(text: str) -> tuple[object, ...]:
    expanded = _DIGITS.sub(lambda digits: digits[0].rjust(_WIDTH, "0"), text)
    primary = tuple((character.isalpha(), character.isdigit(), character.casefold()) for character in expanded)
    return (primary, expanded.swapcase())


compare = by_key(_key)

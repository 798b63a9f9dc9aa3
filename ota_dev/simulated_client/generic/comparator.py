"""A hand-written client's order of versions: their first three numbers, and nothing else. Pure.

Source: the Python client of a PyInstaller app, observed. It splits at `.`, `+` and `-` and stops at the first part
that is no number: `v1.1.0` is 0.0.0, `1.1.0-beta.1` equals `1.1.0`, and a fourth number is lost.
"""

import re
from itertools import takewhile

from ota_dev.simulated_client.comparators import by_key

__all__ = ["compare"]

_SEPARATORS = re.compile(r"[.+-]")
_NUMBER = re.compile(r"[0-9]+")


def _key(version: str) -> tuple[tuple[int, str], ...]:
    numbers = takewhile(_NUMBER.fullmatch, _SEPARATORS.split(version, maxsplit=3)[:3])
    # Without leading zeros, numbers are ordered by their length, then as texts: so none is too long to be read.
    significant = [*(number.lstrip("0") for number in numbers), "", "", ""][:3]
    return tuple((len(digits), digits) for digits in significant)


compare = by_key(_key)

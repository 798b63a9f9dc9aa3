"""WinSparkle's order of versions, which was Sparkle 1's. Pure.

Source: `UpdateChecker::CompareVersions` in `updatechecker.cpp` of WinSparkle 0.9. A version is split into runs of
digits, single periods and runs of anything else. A run of letters is older than the end of a version, that is older
than a period, and that older than a number. So nothing is padded (`1.0.0` is newer than `1.0`), and numbers end at
32 bits.
"""

import re

from ota_dev.simulated_client.comparators import by_key

__all__ = ["compare"]

LARGEST_NUMBER = 2**31 - 1  # atoi; the digits behind its tenth change nothing
_PARTS = re.compile(r"([0-9]+)|(\.)|([^0-9.]+)")
_END: "_Part" = (1,)
_PERIOD: "_Part" = (2,)

_Part = tuple[int] | tuple[int, int] | tuple[int, bytes]


def _key(version: str) -> list[_Part]:
    return [*map(_part, _PARTS.finditer(version)), _END]


def _part(found: re.Match[str]) -> _Part:
    number, period, other = found.groups()
    if number is not None:
        digits = number.lstrip("0")
        return (3, LARGEST_NUMBER if len(digits) > 10 else min(int(digits or "0"), LARGEST_NUMBER))
    return _PERIOD if period else (0, other.encode("utf-8", "surrogatepass"))


compare = by_key(_key)

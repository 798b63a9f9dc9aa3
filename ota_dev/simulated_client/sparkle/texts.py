"""What single texts of a feed mean to Sparkle. Pure.

Source: `SUAppcastItem.m` of Sparkle 2.9, with `NSDateFormatter` for `E, dd MMM yyyy HH:mm:ss Z` and `integerValue` for
numbers.
"""

import re
from datetime import datetime, timedelta, timezone

__all__ = ["channel", "date", "interval", "length"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{1,2}) (" + "|".join(_MONTHS) + r") ([0-9]{4}) "
    r"([0-9]{1,2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2}):?([0-9]{2})"
)
_LEADING_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,18})")
_CHANNEL_EXTRAS = "_.-"


def length(text: str) -> int | None:
    """Read a length in bytes; what is no number above 0 is not known."""
    found = _LEADING_INTEGER.match(text)
    return max(int(found[1]), 0) or None if found else None


def channel(text: str) -> str:
    """Read a channel; an invalid one is ignored, and then everyone sees the item."""
    is_valid = all(character.isalnum() or character in _CHANNEL_EXTRAS for character in text)
    return text if is_valid else ""


def date(text: str) -> datetime | None:
    """Read a date; of one in another form nothing is known, and a phased rollout is open to all."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        date = (int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second))
        return datetime(*date, tzinfo=zone)
    except ValueError:
        return None


def interval(text: str | None) -> timedelta | None:
    """Read the seconds between two groups of a phased rollout; text behind the number is ignored."""
    if text is None:
        return None
    found = _LEADING_INTEGER.match(text)
    try:
        return timedelta(seconds=int(found[1])) if found else timedelta()
    except OverflowError:
        return timedelta.max

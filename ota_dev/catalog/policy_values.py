"""What clients accept as the values of a policy: each function checks one, and gives it back in its own type. Pure.

What a client cannot read it mostly ignores, and the update then reaches people it was not meant for: a channel that it
cannot read is the default one, a date that it cannot read ends a phased rollout, a system version that it cannot read
is no condition. So nothing doubtful passes. Every function raises `ValueError` with what to write instead.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from ota_dev.catalog.policy import OwnElement
from ota_dev.catalog.web_addresses import is_web_address

__all__ = [
    "channel_name",
    "hardware_requirements",
    "one_line",
    "own_element",
    "publication_date",
    "rollout_interval",
    "staging_percentage",
    "system_version",
    "version_text",
    "web_link",
]

LONGEST_LINE = 1000  # characters
LONGEST_VERSION = 100  # characters
LONGEST_ROLLOUT = timedelta(days=366)

_CHANNEL = re.compile(r"[A-Za-z0-9._-]{1,100}")  # SUAppcastItem.m of Sparkle 2.9
_VERSION = re.compile(r"[^\W_](.*\S)?")
_SYSTEM_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}")  # the most that WinSparkle reads, and Sparkle advises
_INTERVAL = re.compile(r"([0-9]{1,9}) ?(s|m|h|d|)")
_PERCENTAGE = re.compile(r"([0-9]{1,3}) ?%?")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_URL = re.compile(r"[!-~]+")
_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,99}")
_KNOWN_HARDWARE = frozenset({"arm64"})  # SPUAppcastItemStateResolver.m of Sparkle 2.9 looks for nothing else
_TAKEN_NAMESPACES = ("andymatuschak.org/xml-namespaces/sparkle", "www.w3.org/")


def one_line(text: str) -> str:
    """Check a text that people read, such as a title."""
    if not text or len(text) > LONGEST_LINE or not text.isprintable():
        raise ValueError(f"write one line of 1 to {LONGEST_LINE} printable characters")
    return text


def channel_name(text: str) -> str:
    """Check the name of a channel; Sparkle shows what has an invalid one to everyone."""
    if not _CHANNEL.fullmatch(text):
        raise ValueError(f"{text!r} is no channel's name, use letters, digits, dots, dashes and underscores")
    return text


def version_text(text: str) -> str:
    """Check a build, as clients compare it; WinSparkle does not trim what it compares."""
    if len(text) > LONGEST_VERSION or not text.isprintable() or not _VERSION.fullmatch(text):
        raise ValueError(f"{text!r} is no version, write one such as 1.3.0")
    return text


def system_version(text: str) -> str:
    """Check a version of an operating system; what WinSparkle cannot read is no condition to it."""
    if not _SYSTEM_VERSION.fullmatch(text):
        raise ValueError(f"{text!r} is no system's version, write up to three numbers such as 11.0 or 10.0.22000")
    return text


def hardware_requirements(names: Iterable[str]) -> tuple[str, ...]:
    """Check what hardware an update needs; clients pass over what they do not know."""
    wanted = tuple(dict.fromkeys(name.lower() for name in names))
    if unknown := sorted(set(wanted) - _KNOWN_HARDWARE):
        raise ValueError(f"{unknown[0]!r} is no requirement that clients know, use {', '.join(_KNOWN_HARDWARE)}")
    return wanted


def rollout_interval(value: str | int) -> timedelta:
    """Read the time between two groups of a phased rollout: seconds, or a number with the unit s, m, h or d."""
    match = _INTERVAL.fullmatch(str(value))
    interval = timedelta(seconds=int(match[1]) * _SECONDS[match[2]]) if match else timedelta()
    if not timedelta() < interval <= LONGEST_ROLLOUT:
        raise ValueError(f"{value!r} is no interval, write seconds, or a time such as 12h or 1d, up to 366d")
    return interval


def staging_percentage(value: str | int) -> int:
    """Read how many of a hundred clients are offered an update; to whom it is nobody, it is on a channel."""
    match = _PERCENTAGE.fullmatch(str(value))
    if not match or not 1 <= int(match[1]) <= 100:
        raise ValueError(f"{value!r} is no percentage, write a whole number from 1 to 100")
    return int(match[1])


def publication_date(value: str | date | datetime) -> datetime:
    """Read a date, or a date and time, as ISO 8601 writes it; without a time zone it is in UTC.

    Sparkle counts the groups of a phased rollout from it, and offers the update to all when it cannot read it.
    """
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        moment = datetime.min.replace(tzinfo=UTC)
    if not 1970 <= moment.year <= 9998:  # so that it can be told in every time zone
        raise ValueError(f"{value!s} is no date, write one such as 2026-03-01 or 2026-03-01T09:00:00+01:00")
    return moment


def web_link(text: str) -> str:
    """Check a link that a client opens in a browser: absolute, http or https, percent-encoded."""
    if not is_web_address(text) or len(text) > LONGEST_LINE or not _URL.fullmatch(text):
        raise ValueError(f"{text!r} is no link, write one such as https://example.com/acme-notes, percent-encoded")
    return text


def own_element(qualified_name: str, namespace: str, text: str) -> OwnElement:
    """Check an element in somebody's own namespace, called `prefix:name`."""
    prefix, _, name = qualified_name.partition(":")
    if not (_XML_NAME.fullmatch(prefix) and _XML_NAME.fullmatch(name)):
        raise ValueError(f"{qualified_name!r} is no element's name, write prefix:name, such as acme:sha256")
    if prefix.lower().startswith(("xml", "sparkle")):
        raise ValueError(f"the prefix {prefix} is taken, choose one of your own")
    if any(taken in namespace.lower() for taken in _TAKEN_NAMESPACES):
        raise ValueError(f"the namespace {namespace} is taken, choose one of your own, such as https://example.com/ns")
    return OwnElement(prefix=prefix, name=name, namespace=web_link(namespace), text=one_line(text))

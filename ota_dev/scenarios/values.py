"""What the parameters of scenarios and faults hold: each kind of value, read from a text. Pure.

Rates and sizes are decimal, as links and downloads are sold (`1MB` is 1,000,000 bytes); `KiB` and the like are binary.
Whatever is read is bounded. Every reader raises `ValueError` with what to write instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar
from urllib.parse import urlsplit

__all__ = [
    "AMOUNT",
    "DURATION",
    "GLOB",
    "ORIGIN",
    "PROBABILITY",
    "RATE",
    "SEED",
    "YES_NO",
    "Amount",
    "Kind",
    "choice",
    "integer",
]

LARGEST_SIZE = 10**15  # bytes
LARGEST_SEED = 2**53 - 1  # what JSON carries without loss everywhere

_NUMBER_AND_UNIT = re.compile(r"([0-9]{1,16}(?:\.[0-9]{1,6})?) ?([A-Za-z%]*)")
_BYTES: dict[str, int] = {
    "": 1,
    "b": 1,
    **{unit: 1000**power for power, unit in enumerate(("kb", "mb", "gb"), 1)},
    **{unit: 1024**power for power, unit in enumerate(("kib", "mib", "gib"), 1)},
}
_MILLISECONDS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}

_OR = " | "  # between choices

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Kind(Generic[_Value]):
    """A kind of value: what people call it, and how it is read."""

    name: str  # in lists, such as `time, such as 250ms, 3s or 2m`
    read: Callable[[str], _Value]  # raises ValueError

    @property
    def choices(self) -> tuple[str, ...]:
        """Give all values as one would write them, where they are few; else nothing."""
        return tuple(self.name.split(_OR)) if _OR in self.name else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A part of some bytes: a number of them, or per cent."""

    number: float
    is_per_cent: bool = False

    def of(self, total: int) -> int:
        """Give the number of bytes this is of *total*, never more than that."""
        return min(int(total * self.number / 100 if self.is_per_cent else self.number), total)


def integer(least: int, most: int) -> Kind[int]:
    """Give the whole numbers from *least* to *most*."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 16 and least <= int(text) <= most):
            raise ValueError(f"write a whole number from {least} to {most}")
        return int(text)

    return Kind(f"{least} to {most}", read)


def choice(*choices: str) -> Kind[str]:
    """Give the texts that are one of *choices*."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"write one of {', '.join(choices)}")
        return text

    return Kind(_OR.join(choices), read)


def _read_size(text: str) -> int:
    match = _NUMBER_AND_UNIT.fullmatch(text)
    factor = _BYTES.get(match[2].lower()) if match else None
    if match is None or factor is None or (size := float(match[1]) * factor) > LARGEST_SIZE:
        raise ValueError("write a number of bytes, such as 64000, 64kB, 1MB or 64KiB")
    return round(size)


def _read_amount(text: str) -> Amount:
    match = _NUMBER_AND_UNIT.fullmatch(text)
    if match is None or match[2] != "%":
        try:
            return Amount(number=_read_size(text))
        except ValueError as error:
            raise ValueError("write a number of bytes, such as 64000 or 1MB, or per cent, such as 50%") from error
    if float(match[1]) > 100:
        raise ValueError("write at most 100%")
    return Amount(number=float(match[1]), is_per_cent=True)


def _read_rate(text: str) -> int:
    rate = _read_size(text.removesuffix("/s"))
    if not rate:
        raise ValueError("write at least one byte a second")
    return rate


def _read_duration(text: str) -> timedelta:
    match = _NUMBER_AND_UNIT.fullmatch(text)
    factor = _MILLISECONDS.get(match[2].lower()) if match else None
    if match is None or factor is None or (milliseconds := float(match[1]) * factor) > 86_400_000:
        raise ValueError("write a time with its unit, such as 250ms, 3s or 2m, up to 24h")
    return timedelta(milliseconds=milliseconds)


def _read_probability(text: str) -> float:
    match = _NUMBER_AND_UNIT.fullmatch(text)
    if match is None or match[2] not in ("", "%"):
        raise ValueError("write a probability, such as 0.5 or 50%")
    probability = float(match[1]) / (100 if match[2] else 1)
    if probability > 1:
        raise ValueError("write a probability of at most 1, which is 100%")
    return probability


def _read_yes_no(text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise ValueError("write true or false")
    return _YES_NO[text.lower()]


def _read_origin(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_origin = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_origin = False
    if not is_origin or not text.isascii() or " " in text or text != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("write scheme and host and nothing behind them, such as https://example.com:8443")
    return text


AMOUNT = Kind("bytes or per cent, such as 1MB or 50%", _read_amount)
DURATION = Kind("time, such as 250ms, 3s or 2m", _read_duration)
GLOB = Kind("text, with * and ?", str)
ORIGIN = Kind("scheme and host, such as https://example.com", _read_origin)
PROBABILITY = Kind("0 to 1, or per cent", _read_probability)
RATE = Kind("bytes per second, such as 500kB or 64KiB", _read_rate)
SEED = integer(0, LARGEST_SEED)
YES_NO = Kind("true | false", _read_yes_no)

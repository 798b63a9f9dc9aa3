"""What the parameters of scenarios and faults hold."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.scenarios import values
from ota_dev.scenarios.values import Amount, Kind, choice, integer

READ: dict[str, tuple[Kind[Any], str, object]] = {
    "a rate is decimal": (values.RATE, "1MB", 1_000_000),
    "a rate in kilobytes": (values.RATE, "500kB", 500_000),
    "a rate with a fraction": (values.RATE, "1.5MB", 1_500_000),
    "a rate in binary units": (values.RATE, "64KiB", 65_536),
    "a rate that says per second": (values.RATE, "1MB/s", 1_000_000),
    "a rate in bytes": (values.RATE, "300", 300),
    "bytes": (values.AMOUNT, "64000", Amount(number=64_000)),
    "bytes with a unit": (values.AMOUNT, "1MiB", Amount(number=1_048_576)),
    "per cent": (values.AMOUNT, "12.5%", Amount(number=12.5, is_per_cent=True)),
    "milliseconds": (values.DURATION, "250ms", timedelta(milliseconds=250)),
    "seconds": (values.DURATION, "3s", timedelta(seconds=3)),
    "minutes": (values.DURATION, "2m", timedelta(minutes=2)),
    "no time at all": (values.DURATION, "0s", timedelta()),
    "a probability": (values.PROBABILITY, "0.25", 0.25),
    "a probability in per cent": (values.PROBABILITY, "25%", 0.25),
    "a whole number": (integer(1, 20), "20", 20),
    "a choice": (choice("cut", "empty"), "cut", "cut"),
    "yes": (values.YES_NO, "yes", True),
    "an origin": (values.ORIGIN, "https://updates.example.com:8443", "https://updates.example.com:8443"),
    "an origin by address": (values.ORIGIN, "http://[::1]:8080", "http://[::1]:8080"),
}

REFUSED: dict[str, tuple[Kind[Any], str, str]] = {
    "a rate of nothing": (values.RATE, "0", "at least one byte"),
    "a rate in bits": (values.RATE, "1Mbit", "number of bytes"),
    "a negative rate": (values.RATE, "-1MB", "number of bytes"),
    "an endless rate": (values.RATE, "9999999999GB", "number of bytes"),
    "more than all": (values.AMOUNT, "101%", "at most 100%"),
    "an amount in words": (values.AMOUNT, "half", "per cent"),
    "a time without a unit": (values.DURATION, "250", "with its unit"),
    "a time of days": (values.DURATION, "25h", "up to 24h"),
    "more than certain": (values.PROBABILITY, "1.5", "at most 1"),
    "a number below the least": (integer(1, 20), "0", "from 1 to 20"),
    "a number of thousands of digits": (integer(1, 20), "9" * 5000, "from 1 to 20"),
    "a number in other digits": (integer(1, 20), "٣", "from 1 to 20"),
    "no choice": (choice("cut", "empty"), "Cut", "cut, empty"),
    "neither yes nor no": (values.YES_NO, "maybe", "true or false"),
    "an origin with a path": (values.ORIGIN, "https://example.com/feed", "nothing behind them"),
    "another scheme": (values.ORIGIN, "file:///etc/passwd", "scheme and host"),
    "a broken address": (values.ORIGIN, "http://[::1", "scheme and host"),
}


@pytest.mark.parametrize(("kind", "text", "value"), READ.values(), ids=READ)
def test_is_read(kind: Kind[Any], text: str, value: object) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(("kind", "text", "remedy"), REFUSED.values(), ids=REFUSED)
def test_is_refused_with_what_to_write(kind: Kind[Any], text: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        kind.read(text)


@given(st.text(max_size=12) | st.text(alphabet="0123456789.%kKMGiBmsh ", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in (values.AMOUNT, values.DURATION, values.ORIGIN, values.PROBABILITY, values.RATE, values.SEED):
        try:
            kind.read(text)
        except ValueError as error:
            assert "write" in str(error)  # noqa: PT017 # either is right


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_an_amount_is_never_more_than_all_there_is(number: int, total: int) -> None:
    assert Amount(number=number).of(total) == min(number, total)


def test_per_cent_is_of_the_total_rounded_down() -> None:
    half = Amount(number=50, is_per_cent=True)

    assert half.of(101) == 50
    assert half.of(0) == 0

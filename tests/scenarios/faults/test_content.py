"""Bytes that differ."""

from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.sample import SAMPLE_APP, SAMPLE_LINKS
from ota_dev.scenarios.faults.content import MOST_FLIPPED, Corrupt, malformed
from ota_dev.scenarios.values import Amount

WAYS = ("cut", "undeclared-prefix", "bad-entity", "empty", "wrong-encoding")
APPCAST = AppcastFeed().render(SAMPLE_APP, SAMPLE_LINKS)


@pytest.mark.parametrize("how", WAYS)
def test_a_malformed_appcast_is_one_that_no_parser_accepts(how: str) -> None:
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(malformed(APPCAST, how))  # noqa: S314 # our own feed


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("undeclared-prefix", "unbound prefix"),
        ("bad-entity", "undefined entity"),
        ("wrong-encoding", "invalid token"),
        ("empty", "no element found"),
    ],
)
def test_a_feed_is_malformed_for_the_reason_that_is_named(how: str, reason: str) -> None:
    with pytest.raises(ElementTree.ParseError, match=reason):
        ElementTree.fromstring(malformed(APPCAST, how))  # noqa: S314


@pytest.mark.parametrize("how", ["undeclared-prefix", "bad-entity", "wrong-encoding"])
def test_in_a_feed_without_tags_what_does_not_belong_there_stands_at_the_end(how: str) -> None:
    bent = malformed(b'{"version": "1.3.0"}', how)

    assert bent.startswith(b'{"version": "1.3.0"}')
    assert len(bent) > 20


@given(st.integers(0, 10**10), st.integers(0, 2**53 - 1))
def test_positions_are_in_order_within_the_file_each_once_and_repeatable(size: int, seed: int) -> None:
    positions = Corrupt().positions(size, seed)

    assert len(positions) == min(16, size)
    assert positions == tuple(sorted(set(positions)))
    assert all(0 <= position < size for position in positions)
    assert positions == Corrupt().positions(size, seed)


def test_another_seed_gives_other_positions() -> None:
    assert Corrupt().positions(10**6, 1) != Corrupt().positions(10**6, 2)


def test_per_cent_is_of_the_file_and_bounded() -> None:
    fault = Corrupt(amount=Amount(number=10, is_per_cent=True))

    assert len(fault.positions(1000, 1)) == 100
    assert len(fault.positions(10**9, 1)) == MOST_FLIPPED


@pytest.mark.parametrize("how", ["cut", "undeclared-prefix", "bad-entity", "wrong-encoding"])
def test_yaml_is_malformed_too_whatever_tags_are_in_its_notes(how: str) -> None:
    feed = b"version: 1.3.0\nfiles:\n  - url: Acme.exe\nreleaseNotes: |\n  <p>Faster</p>\n  <p>and more</p>\n"

    with pytest.raises((yaml.YAMLError, UnicodeDecodeError)):
        yaml.safe_load(malformed(feed, how))

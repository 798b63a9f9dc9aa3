"""No feed, however it is made, does more than be refused."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import FeedError
from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName
from ota_dev.simulated_client.profile import SkippedMajor, System
from tests.simulated_client.asking import ask, feed_of, item_of

QUICKLY = 10.0  # seconds, generously; each feed takes less than one
EVERYTHING_COUNTS: dict[str, Any] = {
    "is_scheduled": True,
    "group": 6,
    "skipped": "1.5",
    "skipped_major": SkippedMajor(version="2"),
    "channels": frozenset({"beta"}),
}
ODD = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&\"'"), max_size=12)
NAMES = st.sampled_from(
    [
        *("version", "shortVersionString", "minimumSystemVersion", "maximumSystemVersion", "minimumUpdateVersion"),
        *("minimumAutoupdateVersion", "phasedRolloutInterval", "criticalUpdate", "informationalUpdate", "channel"),
        *("hardwareRequirements", "releaseNotesLink", "os", "deltas", "installationType", "length", "edSignature"),
    ]
)
TEXTS = st.one_of(ODD, st.sampled_from(["1", "1.2", "macos", "9" * 30, "-1", "http://[", "//", "_", ".", "10.0-1"]))
ELEMENTS = st.builds(lambda name, text: f"<sparkle:{name}>{text}</sparkle:{name}>", NAMES, TEXTS)
ENCLOSURES = st.builds(
    lambda name, text, url: f'<enclosure sparkle:{name}="{text}" url="{url}" length="{text}"/>', NAMES, TEXTS, TEXTS
)
DATES = TEXTS.map(lambda text: f"<pubDate>Sat, 07 Mar {text} 13:00:00 +0100</pubDate><link>{text}</link>")
ITEMS = st.lists(st.one_of(ELEMENTS, ENCLOSURES, DATES), max_size=8).map("".join)


@pytest.mark.parametrize("client", APPCAST_CLIENTS)
@given(st.lists(ITEMS, max_size=3))
def test_whatever_an_item_says_it_is_judged(client: ClientName, items: list[str]) -> None:
    decision = ask(client, feed_of(*items), **EVERYTHING_COUNTS)

    assert len(decision.items) == len(items)
    assert all(item.reason for item in decision.items)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_bytes_that_are_no_feed_are_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(FeedError, match=r"\A[^\n]+\Z"):
        ask(ClientName.SPARKLE, content)


LONG = "1." * 1_000_000
HUGE = {
    "a version of megabytes": feed_of(*[item_of(LONG)] * 2),
    "a version of megabytes in one number": feed_of(item_of("9" * 2_000_000)),
    "very many items": feed_of(*[item_of("2.0")] * 5_000),
    "very many elements in one item": feed_of("<sparkle:version>1</sparkle:version>" * 20_000 + item_of("2.0")),
    "very many enclosures in one item": feed_of('<enclosure url="x" sparkle:os="beos"/>' * 20_000),
    "deep nesting": feed_of(item_of("2.0", "<a>" * 90 + "</a>" * 90)),
}


@pytest.mark.parametrize("client", APPCAST_CLIENTS)
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_feed_is_judged_quickly_with_short_reasons(name: str, client: ClientName) -> None:
    start = time.perf_counter()

    decision = ask(client, HUGE[name], system=System.parse("macos-14.2"), **EVERYTHING_COUNTS)

    assert time.perf_counter() - start < QUICKLY
    assert all(len(item.reason) < 600 and len(item.version) <= 200 for item in decision.items)

"""Which requests the page shows."""

from collections.abc import Callable

import pytest

from ota_dev.dashboard.views.filtering import RequestFilter
from ota_dev.journal import Exchange

MakeExchange = Callable[..., Exchange]

CASES = {
    "nothing lets everything through": ({}, True),
    "part of the app's name": ({"client": "notes"}, True),
    "the family": ({"client": "SPARKLE"}, True),
    "the version": ({"client": "1.2.0"}, True),
    "another client": ({"client": "curl"}, False),
    "part of the path": ({"path": "1.3.0.DMG"}, True),
    "the whole status": ({"status": "206"}, True),
    "how a status begins": ({"status": "2xx"}, True),
    "another status": ({"status": "4"}, False),
    "aborted, of which this is none": ({"status": "abort"}, False),
    "all words together": ({"client": "notes", "path": "downloads", "status": "2"}, True),
    "one word that does not fit": ({"client": "notes", "path": "appcast"}, False),
}


@pytest.mark.parametrize(("query", "passes"), CASES.values(), ids=CASES)
def test_a_request_passes_that_has_every_word_in_its_place(
    query: dict[str, str], passes: bool, exchange: MakeExchange
) -> None:
    asked = exchange("/downloads/Acme-Notes-1.3.0.dmg", status=206, agent="Acme Notes/1.2.0 Sparkle/2.9.0")

    assert RequestFilter.of(query).lets(asked) is passes


def test_an_aborted_request_passes_by_that_word(exchange: MakeExchange) -> None:
    assert RequestFilter.of({"status": "Aborted"}).lets(exchange(aborted="the client went away"))


def test_the_words_make_the_address_that_asks_for_the_same() -> None:
    assert RequestFilter.of({"client": " notes ", "status": "4", "other": "x"}).query == {
        "client": "notes",
        "status": "4",
    }

"""What a hand-written client makes of a JSON answer, rule by rule."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.decisions import Decision
from ota_dev.simulated_client.generic.update_check import decide_answer
from ota_dev.simulated_client.profile import Profile, System
from tests.simulated_client.asking import NOW

PROFILE = Profile(installed="1.2.0", system=System(platform=Platform.LINUX), now=NOW)
OFFER = {
    "update_available": True,
    "latest_version": "1.3.0",
    "download_url": "https://acme.example/Acme-1.3.0.tar.gz",
    "alternate_url": "https://mirror.example/Acme-1.3.0.tar.gz",
    "file_size": 5000,
    "signature": "AAEC",
}


def decide(**changes: object) -> Decision:
    return decide_answer(json.dumps({**OFFER, **changes}).encode(), PROFILE)


def test_what_the_server_calls_an_update_is_offered() -> None:
    decision = decide()

    assert decision.offered
    assert (decision.offered.version, decision.offered.length) == ("1.3.0", 5000)
    assert decision.offered.alternate_url == "https://mirror.example/Acme-1.3.0.tar.gz"
    assert decision.warnings == ()


@pytest.mark.parametrize("said", [False, None, 0, ""])
def test_what_the_server_does_not_call_an_update_is_none(said: object) -> None:
    decision = decide(update_available=said)

    assert decision.offered is None
    assert [(item.version, item.rule) for item in decision.items] == [("1.3.0", "update-available")]


WARNED: dict[str, tuple[dict[str, object], str]] = {
    "an older version, since none are compared": ({"latest_version": "1.1.0"}, "1.1.0 is not newer than 1.2.0"),
    "a size that is null": ({"file_size": None}, "file_size is no number, which breaks the download"),
    "an address that is not absolute": ({"download_url": "/downloads/Acme.zip"}, "is not absolute"),
    "a file of a kind that it refuses": ({"download_url": "https://acme.example/Acme.AppImage"}, "ends in none of"),
}


@pytest.mark.parametrize(("changes", "words"), WARNED.values(), ids=WARNED)
def test_what_the_client_stumbles_over_later_is_a_warning(changes: dict[str, object], words: str) -> None:
    decision = decide(**changes)

    assert decision.offered
    assert any(words in warning for warning in decision.warnings)


@pytest.mark.parametrize("body", [b"", b"Not found", b"[]", b"true", b"<rss/>", b"[" * 100_000, b"\xff"])
def test_anything_but_a_json_object_reads_as_no_update(body: bytes) -> None:
    decision = decide_answer(body, PROFILE)

    assert decision.offered is None
    assert decision.problem
    assert decision.problem.rule == "json"


@given(st.dictionaries(st.sampled_from([*OFFER]), st.none() | st.booleans() | st.integers() | st.text()))
def test_no_answer_is_too_odd_to_be_judged(answer: dict[str, object]) -> None:
    decision = decide_answer(json.dumps(answer).encode(), PROFILE)

    assert (decision.offered is not None) == bool(answer.get("update_available"))

from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.in_force import Conditions

Call = Callable[..., tuple[int, Any]]


def test_what_is_posted_is_in_force_in_the_place_of_all_that_was(call: Call, conditions: Conditions) -> None:
    conditions.choose([parse_spec("stale-feed")])

    status, answer = call("POST", "scenario", {"scenarios": ["no-update"], "faults": ["corrupt:bytes=1"], "seed": 7})

    assert status == 200
    assert answer["scenarios"] == ["no-update"]
    assert answer["seed"] == 7
    assert [fault["fault"].partition(",")[0] for fault in answer["faults"]] == ["corrupt:bytes=1"]
    assert call("GET", "scenario") == (200, answer)


def test_nothing_posted_is_normal(call: Call, conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update")])

    call("POST", "scenario", {})

    assert not conditions.current


def test_a_reset_is_normal_too(call: Call, conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update")])
    address = conditions.under("status:times=1")

    call("POST", "reset", {})

    assert not conditions.current
    assert conditions.under("status:times=1") is not address


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"scenarios": ["nonsense"]}, "no such scenario or fault"),
        ({"scenarios": "no-update"}, "list of texts"),
        ({"faults": [7]}, "list of texts"),
        ({"scenarios": ["unsigned"]}, "--sign or --key FILE"),
        ({"scenario": ["no-update"]}, "did you mean scenarios"),
        ({"seed": "much"}, "whole number"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_changes_nothing(
    call: Call, conditions: Conditions, posted: object, sentence: str
) -> None:
    before = conditions.current

    status, answer = call("POST", "scenario", posted)

    assert status == 400
    assert sentence in answer["error"]
    assert conditions.current is before


def test_everything_that_can_be_chosen_is_listed(call: Call, conditions: Conditions) -> None:
    _, answer = call("GET", "scenarios")

    assert [entry["name"] for entry in answer["scenarios"]] == list(conditions.scenarios)
    assert {"corrupt", "slow-3g"} <= {entry["name"] for entry in answer["faults"]}

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.control.events import Events
from ota_dev.server.in_force import Conditions

Call = Callable[..., tuple[int, Any]]


def test_scenarios_that_are_posted_take_the_place_of_others_and_leave_faults(
    call: Call, conditions: Conditions
) -> None:
    conditions.choose([parse_spec("stale-feed"), parse_spec("down")])

    status, answer = call("POST", "scenario", {"scenarios": ["no-update"]})

    assert status == 200
    assert answer["scenarios"] == ["no-update"]
    assert answer["faults"] == [{"fault": "down", "struck": 0}]
    assert call("GET", "scenario") == (200, answer)


def test_faults_that_are_posted_take_the_place_of_others_and_leave_scenarios(
    call: Call, conditions: Conditions
) -> None:
    conditions.choose([parse_spec("stale-feed"), parse_spec("down")])

    status, answer = call("POST", "faults", {"faults": ["corrupt:bytes=1,seed=3"], "seed": 7})

    assert status == 200
    assert answer["scenarios"] == ["stale-feed"]
    assert answer["seed"] == 7
    assert answer["faults"] == [{"fault": "corrupt:bytes=1,seed=3", "struck": 0}]
    assert call("GET", "faults") == (200, answer)


def test_a_name_of_both_is_what_its_route_says_and_is_taken_back_there(call: Call, conditions: Conditions) -> None:
    _, as_fault = call("POST", "faults", {"faults": ["malformed-feed"]})
    _, as_both = call("POST", "scenario", {"scenarios": ["malformed-feed:how=empty"]})
    _, as_scenario = call("POST", "faults", {})

    assert (as_fault["scenarios"], [fault["fault"] for fault in as_fault["faults"]]) == ([], ["malformed-feed"])
    assert as_both["scenarios"] == ["malformed-feed:how=empty"]
    assert conditions.current.fault_specs == ()
    assert as_scenario["scenarios"] == ["malformed-feed:how=empty"]


def test_nothing_posted_is_normal(call: Call, conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update"), parse_spec("down")])

    call("POST", "scenario", {})
    call("POST", "faults", {})

    assert not conditions.current


def test_a_reset_is_normal_too(call: Call, conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update")])
    address = conditions.under("status:times=1")

    call("POST", "reset", {})

    assert not conditions.current
    assert conditions.under("status:times=1") is not address


@pytest.mark.parametrize(
    ("route", "posted", "sentence"),
    [
        ("scenario", {"scenarios": ["nonsense"]}, "no such scenario"),
        ("scenario", {"scenarios": ["corrupt"]}, "corrupt is a fault and no scenario: choose it with POST faults"),
        ("faults", {"faults": ["no-update"]}, "no-update is a scenario and no fault: choose it with POST scenario"),
        ("faults", {"faults": ["nonsense"]}, "no such fault"),
        ("scenario", {"scenarios": "no-update"}, "list of texts"),
        ("scenario", {"scenarios": ["unsigned"]}, "--sign or --key FILE"),
        ("scenario", {"scenario": ["no-update"]}, "did you mean scenarios"),
        ("faults", {"faults": [7]}, "list of texts"),
        ("faults", {"seed": "much"}, "whole number"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_changes_nothing(
    call: Call, conditions: Conditions, route: str, posted: object, sentence: str
) -> None:
    before = conditions.current

    status, answer = call("POST", route, posted)

    assert status == 400
    assert sentence in answer["error"]
    assert conditions.current is before


@pytest.mark.parametrize(("name", "end"), [("crtical", "did you mean critical?"), ("corrupt", " or --fault.")])
def test_a_refusal_that_ends_in_a_question_has_no_full_stop(call: Call, name: str, end: str) -> None:
    _, answer = call("POST", "scenario", {"scenarios": [name]})

    assert answer["error"].endswith(end)


def test_everything_that_can_be_chosen_is_listed(call: Call, conditions: Conditions) -> None:
    _, answer = call("GET", "scenarios")

    assert [entry["name"] for entry in answer["scenarios"]] == list(conditions.scenarios)
    assert {"corrupt", "slow-3g"} <= {entry["name"] for entry in answer["faults"]}


def test_events_tell_of_what_is_chosen_here_and_elsewhere(call: Call, conditions: Conditions, events: Events) -> None:
    async def told() -> list[bytes]:
        async with aclosing(events.stream()) as chunks, asyncio.timeout(10):
            await anext(chunks)
            conditions.choose([parse_spec("no-update")])
            await asyncio.to_thread(call, "POST", "scenario", {"scenarios": ["critical"]})
            return [await anext(chunks), await anext(chunks)]

    assert [chunk.splitlines()[1:] for chunk in asyncio.run(told())] == [
        [b"event: changed", b'data: {"what": "scenario"}', b""],
    ] * 2

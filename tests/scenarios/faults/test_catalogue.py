"""The catalogue of faults, whole."""

import re
from pathlib import Path

import pytest

from ota_dev.scenarios.faults import EVERY_TARGET, FAULTS, FaultRule, Occasion
from ota_dev.scenarios.parameters import parameters_of
from ota_dev.scenarios.syntax import Spec

TEXT = (Path(__file__).parents[3] / "docs" / "reference" / "faults.md").read_text("utf-8")
NAMES = [
    "latency",
    "bandwidth",
    "slow-3g",
    "slow-4g",
    "fast-4g",
    "stall",
    "truncate",
    "reset",
    "empty-response",
    "down",
    "status",
    "redirect",
    "html-instead",
    "no-range",
    "corrupt",
    "malformed-feed",
    "wrong-length",
    "wrong-hash",
]


def test_there_is_every_fault_that_is_promised() -> None:
    assert list(FAULTS) == NAMES


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_asked_for_by_its_name_alone(name: str) -> None:
    rule = FaultRule.of(Spec(name))

    assert type(rule.fault) is FAULTS[name]
    assert rule.occasion == Occasion()


@pytest.mark.parametrize("name", FAULTS)
def test_the_defaults_that_are_listed_are_those_that_hold(name: str) -> None:
    listed = {each.name: each.default for each in parameters_of(FAULTS[name]).values() if each.default}

    assert FaultRule.of(Spec(name, listed)).fault == FaultRule.of(Spec(name)).fault


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_says_in_sentences_what_it_does_what_is_right_and_who_fails(name: str) -> None:
    about = FAULTS[name].about

    assert about.targets
    assert about.targets <= EVERY_TARGET
    for text in (about.does, about.client_must, about.concerns):
        assert re.fullmatch(r"[A-Z].*\.", text)
    assert all(parameter.says for parameter in parameters_of(FAULTS[name]).values())


@pytest.mark.parametrize("name", FAULTS)
def test_no_parameter_of_a_fault_is_called_as_one_that_all_have(name: str) -> None:
    assert not parameters_of(FAULTS[name]).keys() & parameters_of(Occasion).keys()

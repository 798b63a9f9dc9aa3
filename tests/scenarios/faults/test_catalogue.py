"""The catalogue of faults, whole."""

import re
from pathlib import Path

import pytest

from ota_dev.scenarios.faults import EVERY_TARGET, FAULTS, Description, FaultRule, Occasion
from ota_dev.scenarios.parameters import Parameter, parameters_of
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


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_the_documentation_says_of_a_fault_what_the_catalogue_says(fault: type) -> None:
    assert documented(fault.about, parameters_of(fault)) in TEXT  # type: ignore[attr-defined]


def test_the_documentation_lists_what_every_fault_takes() -> None:
    assert "\n".join(map(listed, parameters_of(Occasion).values())) in TEXT


def documented(about: Description, parameters: dict[str, Parameter]) -> str:
    return "\n".join(
        (
            f"### {about.name}\n",
            f"{about.does}\n",
            *map(listed, parameters.values()),
            f"- Disturbs: {about.default_target}{' and nothing else' if about.is_for_feeds_alone else ''}.",
            f"- A correct client must: {about.client_must}",
            f"- Who fails: {about.concerns}\n",
        )
    )


def listed(parameter: Parameter) -> str:
    default = f"; `{parameter.default}` by default" if parameter.default else ""
    return f"- `{parameter.name}`: {parameter.says} ({parameter.kind.name}){default}."

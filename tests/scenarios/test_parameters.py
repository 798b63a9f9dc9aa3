"""Parameters declared as the fields of a value."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from ota_dev.errors import UsageError
from ota_dev.scenarios.parameters import parameter, parameters_of, read_parameters
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.scenarios.values import DURATION, integer


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    lasting: timedelta = parameter(DURATION, "3s", "how long it lasts", name="for")
    after: int | None = parameter(integer(0, 9), None, "the request after which it begins")


def test_what_is_not_said_has_its_default() -> None:
    assert read_parameters(Pause, parse_spec("pause")) == Pause(lasting=timedelta(seconds=3), after=None)


def test_what_is_said_is_read_under_the_name_that_people_write() -> None:
    assert read_parameters(Pause, parse_spec("pause:for=1s,after=2")) == Pause(lasting=timedelta(seconds=1), after=2)


def test_parameters_are_listed_with_their_defaults_as_one_would_write_them() -> None:
    listed = parameters_of(Pause)

    assert [(each.name, each.default) for each in listed.values()] == [("for", "3s"), ("after", "")]
    assert listed["for"].says == "how long it lasts"


def test_parameters_of_somebody_else_are_passed_over() -> None:
    assert read_parameters(Pause, parse_spec("pause:times=2"), others=["times"]) == Pause()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pause:fro=1s", "pause:fro=1s: there is no parameter fro, did you mean for?"),
        ("pause:tims=1", "pause:tims=1: there is no parameter tims, did you mean times?"),
        ("pause:for=1", "pause:for=1: for=1: write a time with its unit, such as 250ms, 3s or 2m, up to 24h"),
    ],
)
def test_what_cannot_be_used_is_answered_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_parameters(Pause, parse_spec(text), others=["times"])

    assert str(refused.value) == sentence

"""What is answered to a line that is typed while `serve` runs; the journeys type it in a terminal."""

import re
from collections.abc import Mapping

import pytest

from ota_dev.cli.serving.typed_keys import Action, answer
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.in_force import Conditions
from ota_dev.translations import Translations

ENGLISH = Translations.of("en")
ACTIONS: Mapping[str, Action] = {}


@pytest.fixture
def conditions() -> Conditions:
    return Conditions()


def test_s_shows_what_there_is_and_what_is_in_force(conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update")])

    lines = answer("s\n", conditions, ACTIONS, ENGLISH)

    assert {*conditions.scenarios, "latency"} <= {line.split()[1] for line in lines}
    assert lines[-1].startswith("scenario no-update: No items")
    assert conditions.current.names == ("no-update",)


@pytest.mark.parametrize(
    ("line", "scenarios", "faults"),
    [
        ("s no-update\n", ("no-update",), 0),
        ("  s   critical \r\n", ("critical",), 0),
        ("s update-available:version=2.0.0+critical", ("update-available:version=2.0.0", "critical"), 0),
        ("s no-update+truncate:after=50%", ("no-update",), 1),
        ("s latency", (), 1),
    ],
)
def test_s_and_a_name_put_it_in_force_in_the_place_of_what_was(
    conditions: Conditions, line: str, scenarios: tuple[str, ...], faults: int
) -> None:
    conditions.choose([parse_spec("stale-feed")])

    lines = answer(line, conditions, ACTIONS, ENGLISH)

    assert conditions.current.names == scenarios
    assert len(conditions.current.faults.specs) == faults
    assert lines[0].startswith("in force now: ")
    assert lines[0].endswith("; was: stale-feed")
    assert len(lines) == 1 + len(scenarios) + faults


def test_n_is_back_to_normal(conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update"), parse_spec("corrupt")])

    assert answer("n\n", conditions, ACTIONS, ENGLISH) == ["in force now: all is normal; was: no-update+corrupt"]
    assert not conditions.current


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("s no-updat", "did you mean no-update"),
        ("s no-update slow-3g", "write a name"),
        ("s no-update+unsigned", "--sign or --key FILE"),
        ("s phased:at=soon", "phased:at=soon"),
        ("s " + "+".join(["latency"] * 11), "more than 10"),
        ("s no-update\x1b[2J", "cannot be printed"),
        ("s " + "x" * 9000, "longer than"),
        ("n no-update", "no such key"),
        ("toggle", "no such key"),
        ("\x1b[A", "no such key"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence_and_changes_nothing(
    conditions: Conditions, line: str, sentence: str
) -> None:
    before = conditions.choose([parse_spec("critical")])

    (said,) = answer(line, conditions, ACTIONS, ENGLISH)

    assert said.startswith("! ")
    assert sentence in said
    assert said.isprintable()
    assert conditions.current is before


def test_h_names_every_key(conditions: Conditions) -> None:
    assert {line.split()[0] for line in answer("h\n", conditions, ACTIONS, ENGLISH)} == set("hoursncq")


def test_what_is_in_force_is_said_as_one_would_type_it_again(conditions: Conditions) -> None:
    answer("s no-update+latency:delay=5s", conditions, ACTIONS, ENGLISH)

    lines = answer("s critical", conditions, ACTIONS, ENGLISH)

    assert lines[0] == "in force now: critical; was: no-update+latency:delay=5s"


@pytest.mark.parametrize("key", ["o", "u", "r", "c"])
def test_other_keys_do_what_they_are_given(conditions: Conditions, key: str) -> None:
    actions: Mapping[str, Action] = {key: lambda: ["it was done"]}

    assert answer(f"{key}\n", conditions, actions, ENGLISH) == ["it was done"]
    assert answer(f"{key} more\n", conditions, actions, ENGLISH) == [
        "! there is no such key: h and Enter show those there are"
    ]


def test_an_empty_line_is_no_question(conditions: Conditions) -> None:
    assert answer("\n", conditions, ACTIONS, ENGLISH) == []


@pytest.mark.parametrize("line", ["h", "n", "s no-update", "s", "x"])
def test_answers_are_in_the_language_of_the_terminal(conditions: Conditions, line: str) -> None:
    lines = answer(line, conditions, ACTIONS, Translations.of("zh"))

    assert lines
    assert [line for line in lines if not re.search("[\u4e00-\u9fff]", line)] == []

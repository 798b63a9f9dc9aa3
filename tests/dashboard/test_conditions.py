"""The catalogue of scenarios and faults."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ota_dev.dashboard import FaultInForce, State
from ota_dev.dashboard.views.conditions import CatalogueEntry, catalogue_view
from ota_dev.scenarios.catalogue import NORMAL, SCENARIOS
from ota_dev.scenarios.faults import FAULTS

MakeState = Callable[..., State]

OWN = replace(NORMAL, name="acme-launch", does="What the launch was like.")


@pytest.fixture
def known(state: MakeState) -> State:
    return state(known_scenarios={**SCENARIOS, OWN.name: OWN})


def entries(state: State) -> dict[str, tuple[str, CatalogueEntry]]:
    groups = catalogue_view(state, {}).groups
    return {entry.name: (group.name, entry) for group in groups for entry in group.entries}


def test_everything_there_is_can_be_chosen(known: State) -> None:
    assert set(entries(known)) == {*SCENARIOS, OWN.name, *FAULTS}


GROUPS = {
    "acme-launch": "own",
    "no-update": "feed",
    "missing-notes": "feed",
    "wrong-key": "signatures",
    "stall": "network",
    "redirect": "answers",
    "corrupt": "content",
    "wrong-hash": "content",
}


@pytest.mark.parametrize(("name", "group"), GROUPS.items(), ids=GROUPS)
def test_each_stands_where_one_looks_for_it(known: State, name: str, group: str) -> None:
    assert entries(known)[name][0] == group


def test_without_scenarios_of_ones_own_there_is_no_group_for_them(state: MakeState) -> None:
    assert "own" not in [group.name for group in catalogue_view(state(known_scenarios=SCENARIOS), {}).groups]


def test_what_is_in_force_is_marked_and_a_fault_of_a_scenario_is_not(known: State) -> None:
    bent = replace(
        known,
        scenarios=("missing-notes",),
        faults=(
            FaultInForce(spec="status:code=404,target=notes", struck=0, is_of_scenario=True),
            FaultInForce(spec="latency:delay=1s", struck=0),
        ),
    )

    assert {name for name, (_, entry) in entries(bent).items() if entry.is_in_force} == {"missing-notes", "latency"}


def test_what_is_about_signatures_lacks_a_key_while_there_is_none(known: State) -> None:
    lacking = {name for name, (_, entry) in entries(known).items() if entry.lacks_key}

    assert lacking == {name for name, scenario in SCENARIOS.items() if scenario.needs_key}
    assert not any(entry.lacks_key for _, entry in entries(replace(known, public_key="AAAA")).values())


def test_its_own_parameters_stand_apart_from_those_of_all_faults(known: State) -> None:
    _, truncate = entries(known)["truncate"]

    assert [parameter.name for parameter in truncate.parameters] == ["after"]
    assert "times" in [parameter.name for parameter in truncate.occasion]

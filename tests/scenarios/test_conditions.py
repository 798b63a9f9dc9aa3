"""Scenarios and faults as one list."""

from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.conditions import conditions
from ota_dev.scenarios.faults import FAULTS


def test_every_scenario_and_every_fault_is_listed_once() -> None:
    listed = conditions(SCENARIOS.values())

    assert list(listed) == [*SCENARIOS, *(name for name in FAULTS if name not in SCENARIOS)]


def test_a_name_of_both_is_the_scenario_with_the_parameters_of_its_fault() -> None:
    shared = conditions(SCENARIOS.values())["malformed-feed"]

    assert (shared.kind, {"how", "times"} <= set(shared.parameters)) == ("scenario", True)


def test_a_parameter_of_few_values_names_them() -> None:
    parameters = conditions(SCENARIOS.values())["redirect"].parameters

    assert (parameters["loop"].kind.choices, parameters["hops"].kind.choices) == (("true", "false"), ())

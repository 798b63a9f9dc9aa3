"""Scenarios and faults as one list, each with all that is told of it, wherever it is shown. Pure.

A few names are those of a scenario and of the one fault that it consists of; they are listed as the scenario.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ota_dev.scenarios.faults import FAULTS, Fault, Occasion
from ota_dev.scenarios.parameters import Parameter, parameters_of
from ota_dev.scenarios.scenario import Scenario

__all__ = ["Condition", "conditions"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A scenario or a fault, in words."""

    name: str
    kind: str  # as its option is called
    does: str
    client_must: str
    concerns: str
    parameters: Mapping[str, Parameter]
    faults: tuple[str, ...] = ()  # that belong to a scenario
    disturbs: str = ""  # of a fault, the targets that it has unless others are said
    needs_key: bool = False
    expect: str = ""

    @property
    def flag(self) -> str:
        """Give the option of `serve` that chooses it."""
        return f"--{self.kind} {self.name}"

    @property
    def path(self) -> str:
        """Give the path of the feed that is under it."""
        return f"/with/{self.name}/appcast.xml"


def conditions(scenarios: Iterable[Scenario]) -> dict[str, Condition]:
    """Give *scenarios* and every fault by name, in this order."""
    named = {scenario.name: _of_scenario(scenario) for scenario in scenarios}
    return named | {name: of for name, of in _faults() if name not in named}


def _faults() -> Iterator[tuple[str, Condition]]:
    return ((name, _of_fault(fault)) for name, fault in FAULTS.items())


def _of_scenario(scenario: Scenario) -> Condition:
    return Condition(
        name=scenario.name,
        kind="scenario",
        does=scenario.does,
        client_must=scenario.client_must,
        concerns=scenario.concerns,
        parameters=scenario.parameters,
        faults=tuple(map(str, scenario.faults)),
        needs_key=scenario.needs_key,
        expect=str(scenario.expect or ""),
    )


def _of_fault(fault: type[Fault]) -> Condition:
    about = fault.about
    return Condition(
        name=about.name,
        kind="fault",
        does=about.does,
        client_must=about.client_must,
        concerns=about.concerns,
        parameters=parameters_of(fault) | parameters_of(Occasion),
        disturbs=about.default_target,
    )

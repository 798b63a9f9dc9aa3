"""The catalogue of scenarios and faults, in groups, each with its parameters and whether it is in force. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ota_dev.dashboard.state import State
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.conditions import Condition, conditions
from ota_dev.scenarios.faults import FAULTS, Occasion
from ota_dev.scenarios.faults.answers import AnswerFault
from ota_dev.scenarios.faults.network import NetworkFault
from ota_dev.scenarios.parameters import Parameter, parameters_of

__all__ = ["Catalogue", "CatalogueEntry", "Group", "catalogue_view"]

_GROUPS = ("own", "feed", "signatures", "network", "answers", "content")
_OCCASION = frozenset(parameters_of(Occasion))


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueEntry:
    """One scenario or fault."""

    condition: Condition
    url: str  # of the feed under it, for whoever asks there alone
    is_in_force: bool  # for everyone
    lacks_key: bool  # It is about signatures, and there are none.

    @property
    def name(self) -> str:
        """Give its name."""
        return self.condition.name

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Give its own parameters."""
        return tuple(each for name, each in self.condition.parameters.items() if name not in _OCCASION)

    @property
    def occasion(self) -> tuple[Parameter, ...]:
        """Give the parameters that say when it strikes, which are the same for all faults."""
        return tuple(each for name, each in self.condition.parameters.items() if name in _OCCASION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What belongs together."""

    name: str
    entries: tuple[CatalogueEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """All there is to choose."""

    groups: tuple[Group, ...]  # none is empty


def catalogue_view(state: State, _: Mapping[str, str]) -> Catalogue:
    """Show everything that can be put in force."""
    in_force = {
        spec.partition(":")[0]
        for spec in (*state.scenarios, *(fault.spec for fault in state.faults if not fault.is_of_scenario))
    }
    grouped: dict[str, list[CatalogueEntry]] = {name: [] for name in _GROUPS}
    for condition in conditions(state.known_scenarios.values()).values():
        entry = CatalogueEntry(
            condition=condition,
            url=f"{state.url}{condition.path}",
            is_in_force=condition.name in in_force,
            lacks_key=condition.needs_key and state.public_key is None,
        )
        grouped[_group(condition)].append(entry)
    return Catalogue(
        groups=tuple(Group(name=name, entries=tuple(entries)) for name, entries in grouped.items() if entries)
    )


def _group(condition: Condition) -> str:
    if condition.kind == "scenario":
        if condition.name not in SCENARIOS:
            return "own"
        return "signatures" if condition.needs_key else "feed"
    fault = FAULTS[condition.name]
    if fault in get_args(NetworkFault):
        return "network"
    return "answers" if fault in get_args(AnswerFault) else "content"

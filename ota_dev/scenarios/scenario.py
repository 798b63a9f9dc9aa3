"""A scenario: what the feed says instead of the truth, and what a correct client makes of that. Pure values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from types import MappingProxyType

from ota_dev.catalog.expectations import Expectation
from ota_dev.catalog.releases import Catalog
from ota_dev.errors import UsageError
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.contents import Everything
from ota_dev.scenarios.bends.interface import Bend
from ota_dev.scenarios.faults import FAULTS, FaultRule, Occasion
from ota_dev.scenarios.parameters import Parameter, parameters_of, read_parameters
from ota_dev.scenarios.syntax import Spec, parse_spec, unknown_name

__all__ = ["Chosen", "Scenario", "Signing", "bent", "choose"]


class Signing(Enum):
    """What is wrong with the signatures of a feed; all that is not named here stays validly signed."""

    AS_IT_IS = "as it is"
    UNSIGNED = "installers have no signature"
    OTHER_BYTES = "signatures of installers are of other bytes"
    OTHER_KEY = "signatures of installers are by another key"
    OTHER_FEED_BYTES = "signatures of the feed are of other bytes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """One way in which a feed can differ from the truth; texts are sentences for people."""

    name: str
    does: str  # what the feed says
    client_must: str  # what a correct client does
    concerns: str  # which clients it tells something about
    bend: Bend = field(default_factory=Everything)  # with the defaults of its parameters
    signing: Signing = Signing.AS_IT_IS
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)  # of the feed
    faults: tuple[Spec, ...] = ()  # of the delivery
    links_notes: bool = False  # notes are links to pages, even where they would stand in the feed
    expect: Expectation | None = None  # of a client that has the release before the newest

    @property
    def only_fault(self) -> Spec | None:
        """Give the one fault that it consists of, which then takes what is said to the scenario."""
        return self.faults[0] if len(self.faults) == 1 and not parameters_of(type(self.bend)) else None

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Give by name what can be said to it."""
        if (fault := self.only_fault) is None:
            return parameters_of(type(self.bend))
        taken = parameters_of(FAULTS[fault.name]) | parameters_of(Occasion)
        return {name: each for name, each in taken.items() if name not in fault.parameters}

    @property
    def needs_key(self) -> bool:
        """Say whether it is about signatures, so that without a key clients would fail for another reason."""
        return self.signing is not Signing.AS_IT_IS


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A scenario with the parameters that somebody chose; as a text it is what chooses it again."""

    scenario: Scenario
    spec: Spec  # in one order of the parameters; its `url` is for addresses
    bend: Bend
    faults: tuple[Spec, ...]

    def __str__(self) -> str:
        return str(self.spec)


def choose(spec: Spec | str, scenarios: Mapping[str, Scenario]) -> Chosen:
    """Choose one of *scenarios*, by name, as *spec* says.

    A scenario that is one fault of the delivery takes the parameters of that fault.

    Raises:
        UsageError: there is no such scenario, or it has no such parameter, or that has no such value.
    """
    spec = parse_spec(spec) if isinstance(spec, str) else spec
    if spec.name not in scenarios:
        raise unknown_name("scenario", spec.name, scenarios)
    scenario = scenarios[spec.name]
    canonical = Spec(spec.name, MappingProxyType(dict(sorted(spec.parameters.items()))))
    if fault := scenario.only_fault:
        return Chosen(scenario=scenario, spec=canonical, bend=scenario.bend, faults=(_passed_on(canonical, fault),))
    bend = read_parameters(type(scenario.bend), canonical) if canonical.parameters else scenario.bend
    return Chosen(scenario=scenario, spec=canonical, bend=bend, faults=scenario.faults)


def bent(catalog: Catalog, chosen: Iterable[Chosen], asker: Asker) -> Catalog:
    """Bend *catalog* by one scenario after another."""
    return reduce(lambda before, one: one.bend.bend(before, asker), chosen, catalog)


def _passed_on(spec: Spec, fault: Spec) -> Spec:
    for name in spec.parameters.keys() & fault.parameters.keys():
        raise UsageError(f"{spec}: with {spec.name} the {name} is always {fault.parameters[name]}, so leave it out")
    return FaultRule.of(Spec(fault.name, MappingProxyType({**fault.parameters, **spec.parameters}))).spec

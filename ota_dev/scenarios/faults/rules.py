"""A fault and the requests it is meant for: what every fault can be told besides its own parameters. Pure."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from ota_dev.catalog.resources import Resource
from ota_dev.errors import UsageError
from ota_dev.scenarios.faults.answers import Redirect
from ota_dev.scenarios.faults.catalogue import FAULTS, Fault
from ota_dev.scenarios.faults.content import Corrupt
from ota_dev.scenarios.faults.description import TARGETS
from ota_dev.scenarios.faults.network import Latency
from ota_dev.scenarios.parameters import parameter, parameters_of, read_parameters
from ota_dev.scenarios.syntax import Spec, unknown_name
from ota_dev.scenarios.values import GLOB, PROBABILITY, SEED, integer

__all__ = ["Asked", "FaultRule", "Occasion"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a request asks for, and who asks, as far as rules look at it."""

    resource: Resource
    path: str  # percent-decoded, without what chooses scenarios and faults
    client: tuple[str, ...] = ()  # all that the client is known by: family, User-Agent, address


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """When a fault strikes; every fault takes these parameters."""

    target: frozenset[Resource] | None = parameter(TARGETS, None, "what is disturbed; else what the fault is made for")
    probability: float = parameter(PROBABILITY, "1", "how likely each request is struck")
    times: int | None = parameter(integer(1, 1_000_000), None, "how many requests are struck before it heals")
    client: str | None = parameter(GLOB, None, "whom: a client's family, User-Agent or address, in any case")
    path: str | None = parameter(GLOB, None, "which paths, such as *.dmg")
    seed: int | None = parameter(SEED, None, "makes what is left to chance repeatable")


@dataclass(frozen=True, kw_only=True, slots=True)
class FaultRule:
    """A fault and its occasion."""

    fault: Fault
    occasion: Occasion
    spec: Spec  # as it was written

    @classmethod
    def of(cls, spec: Spec) -> "FaultRule":
        """Read a rule.

        Raises:
            UsageError: there is no such fault or parameter, or a value is of another kind.
        """
        kind = FAULTS.get(spec.name)
        if kind is None:
            raise unknown_name("fault", spec.name, FAULTS)
        occasion = read_parameters(Occasion, spec, parameters_of(kind))
        if kind.about.is_for_feeds_alone and occasion.target not in (None, kind.about.targets):
            raise UsageError(f"{spec}: {spec.name} changes feeds and nothing else, so leave target out")
        return cls(fault=read_parameters(kind, spec, parameters_of(Occasion)), occasion=occasion, spec=spec)

    @property
    def is_random(self) -> bool:
        """Say whether anything about it depends on the seed."""
        has_chances = isinstance(self.fault, Corrupt) or (isinstance(self.fault, Latency) and bool(self.fault.jitter))
        return has_chances or self.occasion.probability < 1

    @property
    def needs_tls(self) -> bool:
        """Say whether it shows nothing unless clients ask by https."""
        return isinstance(self.fault, Redirect) and self.fault.downgrade

    def concerns(self, asked: Asked) -> bool:
        """Say whether a request is one of those the fault is meant for, chance and healing aside."""
        occasion = self.occasion
        targets = self.fault.about.targets if occasion.target is None else occasion.target
        return (
            asked.resource in targets
            and (occasion.path is None or fnmatchcase(asked.path, occasion.path))
            and (occasion.client is None or any(_is_like(name, occasion.client) for name in asked.client))
        )


def _is_like(name: str, pattern: str) -> bool:
    return fnmatchcase(name.lower(), pattern.lower())

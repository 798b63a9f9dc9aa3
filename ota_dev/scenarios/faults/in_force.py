"""The faults in force at one moment, and which of them strike a request: the only state that faults have.

Everything left to chance follows from one seed: the same seed and the same requests in the same order give the same
faults. Touches nothing else; any thread may ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from threading import Lock
from types import MappingProxyType

from ota_dev.scenarios.faults.catalogue import Fault
from ota_dev.scenarios.faults.rules import Asked, FaultRule
from ota_dev.scenarios.syntax import Spec
from ota_dev.scenarios.values import LARGEST_SEED

__all__ = ["FaultsInForce", "Struck"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Struck:
    """A fault that strikes one request."""

    fault: Fault
    spec: Spec  # with the seed, where chance has a part in it, so that the same can be asked for again
    seed: int  # of the rule: the same for all that it strikes
    chance: float = 0.5  # from 0 to 1, of this request


class FaultsInForce:
    """Decide which faults strike which request."""

    def __init__(self, rules: Iterable[FaultRule], seed: int) -> None:
        seeds = Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self.seed = seed
        self._deciding = Lock()
        # Each rule has a seed of its own, or two faults of one probability would always strike together.
        self._rules = tuple(_RuleInForce(rule, seeds.randint(0, LARGEST_SEED)) for rule in rules)

    @classmethod
    def of(cls, specs: Iterable[Spec], seed: int) -> "FaultsInForce":
        """Put the faults in force that *specs* name; *seed* is for those that name none.

        Raises:
            UsageError: one of them cannot be used.
        """
        return cls(map(FaultRule.of, specs), seed)

    def __bool__(self) -> bool:
        return bool(self._rules)

    @property
    def specs(self) -> tuple[Spec, ...]:
        """Give the faults as one would ask for exactly the same again."""
        return tuple(rule.spec for rule in self._rules)

    @property
    def counts(self) -> tuple[int, ...]:
        """Give for each of `specs` how many requests it struck."""
        with self._deciding:
            return tuple(rule.struck for rule in self._rules)

    def for_request(self, asked: Asked) -> tuple[Struck, ...]:
        """Give the faults that strike a request, and take note that they did."""
        with self._deciding:
            return tuple(struck for rule in self._rules if (struck := rule.strike(asked)) is not None)

    def always_for(self, asked: Asked) -> tuple[Struck, ...]:
        """Give the faults that strike every such request, without taking note of anything."""
        return tuple(rule.struck_by_all for rule in self._rules if rule.strikes_every(asked))


class _RuleInForce:
    """One rule with its count and its chances."""

    def __init__(self, rule: FaultRule, seed: int) -> None:
        self._rule = rule
        self._seed = seed if rule.occasion.seed is None else rule.occasion.seed
        self._random = Random(self._seed)  # noqa: S311 - to be repeated, not to be secret
        self.spec = _with_seed(rule.spec, self._seed) if rule.is_random else rule.spec
        self.struck = 0

    def strikes_every(self, asked: Asked) -> bool:
        occasion = self._rule.occasion
        return self._rule.concerns(asked) and occasion.times is None and occasion.probability == 1

    @property
    def struck_by_all(self) -> Struck:
        return Struck(fault=self._rule.fault, spec=self.spec, seed=self._seed)

    def strike(self, asked: Asked) -> Struck | None:
        occasion = self._rule.occasion
        if not self._rule.concerns(asked) or self.struck == occasion.times:
            return None
        # Both are drawn for every request, so that what becomes of one does not shift the chances of the next.
        luck, chance = self._random.random(), self._random.random()
        if luck >= occasion.probability:
            return None
        self.struck += 1
        return Struck(fault=self._rule.fault, spec=self.spec, seed=self._seed, chance=chance)


def _with_seed(spec: Spec, seed: int) -> Spec:
    return Spec(spec.name, MappingProxyType({**spec.parameters, "seed": str(seed)}))

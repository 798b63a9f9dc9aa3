"""The scenarios and faults in force: for everyone, and under each `/with/` address for whoever asks there.

Each address has conditions of its own, so that parallel tests do not disturb each other. The only state is here; any
thread may ask and choose.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom
from threading import Lock

from ota_dev.errors import UsageError
from ota_dev.scenarios.catalogue import NORMAL, SCENARIOS
from ota_dev.scenarios.faults import FAULTS, FaultRule, FaultsInForce
from ota_dev.scenarios.scenario import Chosen, Scenario, Signing, choose
from ota_dev.scenarios.syntax import Spec, parse_specs, unknown_name
from ota_dev.scenarios.values import LARGEST_SEED

__all__ = ["Conditions", "InForce"]

MOST_ADDRESSES = 1_000  # each with faults that count


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """What bends the answers of one address."""

    scenarios: tuple[Chosen, ...]
    faults: FaultsInForce  # those of the scenarios too
    fault_specs: tuple[Spec, ...]  # those that were chosen beside the scenarios
    since: datetime

    def __bool__(self) -> bool:
        return bool(self.scenarios or self.faults)

    @property
    def names(self) -> tuple[str, ...]:
        """Give the scenarios as one would choose them again."""
        return tuple(map(str, self.scenarios))

    @property
    def scenario_specs(self) -> tuple[Spec, ...]:
        """Give the same as specs."""
        return tuple(one.spec for one in self.scenarios)

    @property
    def signing(self) -> Signing:
        """Give what is wrong with signatures, by the last scenario that says anything of that."""
        said = [one.scenario.signing for one in self.scenarios if one.scenario.needs_key]
        return said[-1] if said else Signing.AS_IT_IS

    @property
    def breaks_feeds(self) -> bool:
        """Say whether a client that checks feeds goes no further with any."""
        return self.signing is Signing.OTHER_FEED_BYTES

    @property
    def headers(self) -> dict[str, str]:
        """Give the header fields that scenarios want in the answer with a feed."""
        return {name: value for one in self.scenarios for name, value in one.scenario.headers.items()}

    @property
    def links_notes(self) -> bool:
        """Say whether a scenario wants notes linked."""
        return any(one.scenario.links_notes for one in self.scenarios)


class Conditions:
    """Hold what is in force."""

    def __init__(
        self,
        own_scenarios: Mapping[str, Scenario] | None = None,
        *,
        seed: int | None = None,
        has_key: bool = False,
        has_tls: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Begin with what is normal; without a *seed* one is drawn, to be shown and used again."""
        self.scenarios: Mapping[str, Scenario] = {**SCENARIOS, **(own_scenarios or {})}
        self.seed = SystemRandom().randint(0, LARGEST_SEED) if seed is None else seed
        self._has_key, self._has_tls, self._now = has_key, has_tls, now
        self._addresses: OrderedDict[str, InForce] = OrderedDict()
        self._lock = Lock()
        self._subscribers: list[Callable[[], None]] = []
        self.current = self._put_in_force((), self.seed)

    def choose(self, specs: Iterable[Spec], seed: int | None = None, *, faults: Iterable[Spec] = ()) -> InForce:
        """Put *specs* in force for everyone, in the place of what was; none of them is back to normal.

        *faults* are in force, too, and never taken for a scenario of the same name.

        Raises:
            UsageError: one of them cannot be used, or not on this server; nothing has changed then.
        """
        chosen = self._put_in_force(specs, self.seed if seed is None else seed, faults)
        self.seed, self.current = chosen.faults.seed, chosen
        for subscriber in self._subscribers:
            subscriber()
        return chosen

    def subscribe(self, subscriber: Callable[[], None]) -> None:
        """Call *subscriber* from now on whenever something is chosen for everyone, on the thread that chose it."""
        self._subscribers.append(subscriber)

    def reset(self) -> None:
        """Go back to normal, and let the faults of every address begin anew."""
        self.choose(())
        with self._lock:
            self._addresses.clear()

    def under(self, url_part: str) -> InForce:
        """Give what is in force under `/with/{url_part}/`, still percent-encoded: that, and nothing of `current`.

        Raises:
            UsageError: one of the specs cannot be used, or not on this server.
        """
        with self._lock:
            known = self._addresses.get(url_part)
            if known is None:
                known = self._addresses[url_part] = self._put_in_force(parse_specs(url_part), self.seed)
            self._addresses.move_to_end(url_part)
            while len(self._addresses) > MOST_ADDRESSES:
                self._addresses.popitem(last=False)
            return known

    def _put_in_force(self, specs: Iterable[Spec], seed: int, faults: Iterable[Spec] = ()) -> InForce:
        scenarios: list[Chosen] = []
        rules: list[FaultRule] = []
        fault_specs: list[Spec] = []
        for spec in specs:
            if spec.name == NORMAL.name:
                continue
            # A few names are those of a scenario and of the one fault that it consists of: they do the same.
            if spec.name in self.scenarios:
                chosen = choose(spec, self.scenarios)
                self._require_key(chosen)
                scenarios.append(chosen)
                rules += map(FaultRule.of, chosen.faults)
            elif spec.name in FAULTS:
                fault_specs.append(spec)
            else:
                raise unknown_name("scenario or fault", spec.name, tuple({**self.scenarios, **FAULTS}))
        fault_specs += faults
        rules += map(FaultRule.of, fault_specs)
        for rule in rules:
            if rule.needs_tls and not self._has_tls:
                raise UsageError(f"{rule.spec} needs https: start ota-dev with --tls-cert and --tls-key")
        return InForce(
            scenarios=tuple(scenarios),
            faults=FaultsInForce(rules, seed),
            fault_specs=tuple(fault_specs),
            since=self._now(),
        )

    def _require_key(self, chosen: Chosen) -> None:
        if chosen.scenario.needs_key and not self._has_key:
            raise UsageError(
                f"{chosen} needs a key, or clients would fail for another reason: use --sign or --key FILE"
            )

"""What bends the answers to everyone now, what is expected of the client, and what stalls. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.catalog.expectations import EXPECTATIONS, Expected
from ota_dev.dashboard.state import Expecting, FaultInForce, StalledAnswer, State
from ota_dev.journal import Verdict

__all__ = ["InForceView", "Removal", "in_force_view"]

# A verdict is told by a word and a sign, under the names that results of requests have.
_SIGNS = {Verdict.PASS: "ok", Verdict.FAIL: "failed", Verdict.NOT_SEEN: "refused"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Removal:
    """Something that was chosen, and what stays when it is taken away."""

    spec: str
    struck: int | None  # of a fault, how many answers it bent
    remaining: tuple[str, ...]  # of its kind


@dataclass(frozen=True, kw_only=True, slots=True)
class InForceView:
    """What is in force."""

    scenarios: tuple[Removal, ...]
    faults: tuple[Removal, ...]  # chosen beside the scenarios
    faults_of_scenarios: tuple[FaultInForce, ...]
    seed: int
    expecting: Expecting | None
    verdict_sign: str
    expectations: tuple[Expected, ...]
    stalls: tuple[StalledAnswer, ...]

    @property
    def is_normal(self) -> bool:
        """Say whether everyone gets what is in the folder, as it is."""
        return not (self.scenarios or self.faults)

    @property
    def chosen_faults(self) -> tuple[str, ...]:
        """Give the faults as one would choose them again."""
        return tuple(fault.spec for fault in self.faults)


def in_force_view(state: State, _: Mapping[str, str]) -> InForceView:
    """Show what is in force."""
    chosen = tuple(fault for fault in state.faults if not fault.is_of_scenario)
    specs = tuple(fault.spec for fault in chosen)
    return InForceView(
        scenarios=tuple(
            Removal(spec=spec, struck=None, remaining=_without(state.scenarios, place))
            for place, spec in enumerate(state.scenarios)
        ),
        faults=tuple(
            Removal(spec=fault.spec, struck=fault.struck, remaining=_without(specs, place))
            for place, fault in enumerate(chosen)
        ),
        faults_of_scenarios=tuple(fault for fault in state.faults if fault.is_of_scenario),
        seed=state.seed,
        expecting=state.expecting,
        verdict_sign=_SIGNS[state.expecting.result.verdict] if state.expecting else "",
        expectations=tuple(EXPECTATIONS),
        stalls=state.stalls,
    )


def _without(specs: tuple[str, ...], place: int) -> tuple[str, ...]:
    return specs[:place] + specs[place + 1 :]

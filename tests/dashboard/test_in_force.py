"""What bends the answers to everyone, what is expected, and what stalls."""

from collections.abc import Callable

import pytest

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.dashboard import Expecting, FaultInForce, State
from ota_dev.dashboard.views.in_force import in_force_view
from ota_dev.journal import Result, Verdict

MakeState = Callable[..., State]


def test_nothing_in_force_is_normal(state: MakeState) -> None:
    assert in_force_view(state(), {}).is_normal


def test_what_is_taken_away_leaves_the_others_of_its_kind(state: MakeState) -> None:
    faults = (FaultInForce(spec="latency", struck=3), FaultInForce(spec="corrupt", struck=0))

    view = in_force_view(state(scenarios=("critical", "min-os"), faults=faults), {})

    assert [(one.spec, one.remaining) for one in (*view.scenarios, *view.faults)] == [
        ("critical", ("min-os",)),
        ("min-os", ("critical",)),
        ("latency", ("corrupt",)),
        ("corrupt", ("latency",)),
    ]


def test_the_fault_of_a_scenario_goes_with_it_and_cannot_be_taken_away_alone(state: MakeState) -> None:
    faults = (FaultInForce(spec="malformed-feed", struck=2, is_of_scenario=True),)

    view = in_force_view(state(scenarios=("malformed-feed",), faults=faults), {})

    assert (view.faults, view.faults_of_scenarios, view.chosen_faults) == ((), faults, ())


@pytest.mark.parametrize(
    ("verdict", "sign"), [(Verdict.PASS, "ok"), (Verdict.FAIL, "failed"), (Verdict.NOT_SEEN, "refused")]
)
def test_a_verdict_has_a_sign(state: MakeState, verdict: Verdict, sign: str) -> None:
    expecting = Expecting(
        expectation=Expectation(of_client=Expected.MUST_REFUSE), result=Result(verdict=verdict, reason="so it is")
    )

    assert in_force_view(state(expecting=expecting), {}).verdict_sign == sign

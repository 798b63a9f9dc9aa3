"""What is on its way."""

from collections.abc import Callable

import pytest

from ota_dev.dashboard import StalledAnswer, State
from ota_dev.dashboard.views.exchange import exchange_view
from ota_dev.dashboard.views.transfers import MOST_SHOWN, transfers_view
from ota_dev.journal import Exchange, Outcome, Transfer
from tests.dashboard.conftest import START

MakeExchange = Callable[..., Exchange]
MakeState = Callable[..., State]

STALL = StalledAnswer(number=7, target="/downloads/a.dmg", since=START, sent=300)


@pytest.fixture
def going(exchange: MakeExchange) -> Callable[..., Transfer]:
    """Make a transfer: `going(sent=300, rate=100.0, number=2)`."""

    def make(*, sent: int = 300, rate: float = 100.0, number: int = 2) -> Transfer:
        so_far = exchange("/downloads/a.dmg", sent=sent, number=0, transfer=number, outcome=Outcome.ONGOING)
        return Transfer(so_far=so_far, rate=rate)

    return make


MOTIONS = {
    "bytes go": ((300, 100.0), (), ("moving", None, 7.0)),
    "none go any more": ((300, 0.0), (), ("stalled", None, None)),
    "none went yet": ((0, 0.0), (), ("not_begun", None, None)),
    "it is held back on purpose": ((300, 50.0), (STALL,), ("stalled", 7, None)),
    "another one is held back": ((400, 100.0), (STALL,), ("moving", None, 6.0)),
    "nobody waits for the end": ((300, 0.0001), (), ("moving", None, None)),
}


@pytest.mark.parametrize(("course", "stalls", "shown"), MOTIONS.values(), ids=MOTIONS)
def test_a_transfer_says_how_it_goes_on(
    going: Callable[..., Transfer],
    state: MakeState,
    course: tuple[int, float],
    stalls: tuple[StalledAnswer, ...],
    shown: tuple[str, int | None, float | None],
) -> None:
    sent, rate = course

    (row,) = transfers_view(state(ongoing=(going(sent=sent, rate=rate),), stalls=stalls)).rows

    assert (row.motion, row.stall, row.seconds_left) == shown


def test_no_more_are_shown_than_can_be_read(going: Callable[..., Transfer], state: MakeState) -> None:
    shown = transfers_view(state(ongoing=tuple(going(number=number) for number in range(1, MOST_SHOWN + 4))))

    assert (len(shown.rows), shown.left_out) == (MOST_SHOWN, 3)


def test_a_request_is_shown_while_it_goes_on_and_under_the_same_address_when_it_has_ended(
    going: Callable[..., Transfer], exchange: MakeExchange, state: MakeState
) -> None:
    before = exchange_view(state(ongoing=(going(number=2),)), {"transfer": "2"})
    after = exchange_view(state(exchanges=(exchange(number=9, transfer=2),)), {"transfer": "2"})

    assert before is not None
    assert after is not None
    assert before.ongoing is not None
    assert (before.ongoing.number, after.ongoing, after.exchange.number) == (2, None, 9)


@pytest.mark.parametrize("transfer", ["0", "3", "x"])
def test_a_transfer_that_is_none_is_not_shown(
    going: Callable[..., Transfer], exchange: MakeExchange, state: MakeState, transfer: str
) -> None:
    now = state(ongoing=(going(number=2),), exchanges=(exchange(number=1, transfer=0),))

    assert exchange_view(now, {"transfer": transfer}) is None

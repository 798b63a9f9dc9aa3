"""What two disturbances of one answer are together."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.server.delivery import UNDISTURBED, Delivery, Ending

SECOND = timedelta(seconds=1)
NUMBERS = st.none() | st.integers(1, 3)
SECONDS = NUMBERS.map(lambda seconds: None if seconds is None else seconds * SECOND)
STALLS = st.just((None, None)) | st.tuples(st.integers(0, 3), SECONDS)
DELIVERIES = st.builds(
    Delivery,
    latency=st.integers(0, 3).map(lambda seconds: seconds * SECOND),
    rate=NUMBERS,
    ending_after=NUMBERS,
    ending=st.sampled_from(Ending),
    is_silent=st.booleans(),
).flatmap(lambda delivery: STALLS.map(lambda stall: replace(delivery, stall_after=stall[0], stall_for=stall[1])))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param(
            Delivery(latency=SECOND), Delivery(latency=2 * SECOND), Delivery(latency=3 * SECOND), id="latencies add up"
        ),
        pytest.param(Delivery(rate=5), Delivery(rate=3), Delivery(rate=3), id="the lower rate holds"),
        pytest.param(
            Delivery(stall_after=5, stall_for=SECOND),
            Delivery(stall_after=3),
            Delivery(stall_after=3),
            id="the earlier stall happens",
        ),
        pytest.param(
            Delivery(stall_after=3, stall_for=SECOND),
            Delivery(stall_after=3),
            Delivery(stall_after=3),
            id="a stall until it is released is longer than any other",
        ),
        pytest.param(
            Delivery(ending_after=5, ending=Ending.RESET),
            Delivery(ending_after=3),
            Delivery(ending_after=3),
            id="the earlier ending happens",
        ),
        pytest.param(
            Delivery(ending_after=3),
            Delivery(ending_after=3, ending=Ending.RESET),
            Delivery(ending_after=3, ending=Ending.RESET),
            id="of two endings at one place the reset",
        ),
        pytest.param(
            Delivery(is_silent=True),
            Delivery(ending_after=0, ending=Ending.RESET),
            Delivery(is_silent=True, ending_after=0),
            id="silence is the earliest ending",
        ),
        pytest.param(
            Delivery(latency=SECOND, rate=50_000),
            Delivery(ending_after=3),
            Delivery(latency=SECOND, rate=50_000, ending_after=3),
            id="what differs is kept",
        ),
    ],
)
def test_two_disturbances_are_one(one: Delivery, other: Delivery, together: Delivery) -> None:
    assert one.with_(other) == together


@given(DELIVERIES, DELIVERIES, DELIVERIES)
def test_the_order_of_combining_does_not_matter(one: Delivery, two: Delivery, three: Delivery) -> None:
    assert one.with_(two) == two.with_(one)
    assert one.with_(two).with_(three) == one.with_(two.with_(three))


@given(DELIVERIES)
def test_what_is_undisturbed_changes_nothing(delivery: Delivery) -> None:
    assert delivery.with_(UNDISTURBED) == delivery


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_that_moves_nothing_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="stall"):
        Delivery(rate=rate)

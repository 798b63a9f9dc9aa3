"""What is kept of a transfer is bounded, in order, and true."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.journal import Samples
from ota_dev.journal.samples import MOST_SAMPLES

LOOK = 0.125


def taken(count: int, rate: int = 800) -> Samples:
    samples = Samples()
    for number in range(1, count + 1):
        samples.add(number * LOOK, int(number * LOOK * rate))
    return samples


def test_a_short_transfer_keeps_every_sample() -> None:
    assert taken(2).until(0.3, 240) == ((0.0, 0), (0.125, 100), (0.25, 200), (0.3, 240))


@given(st.integers(min_value=0, max_value=5_000))
def test_however_long_it_takes_the_samples_are_few_and_go_from_its_start_to_now(count: int) -> None:
    end = (count + 0.5) * LOOK

    kept = taken(count).until(end, int(end * 800))

    assert len(kept) <= MOST_SAMPLES
    assert (kept[0], kept[-1]) == ((0.0, 0), (end, int(end * 800)))
    assert list(kept) == sorted(kept)
    assert all(sample.sent == int(sample.seconds * 800) for sample in kept)


@pytest.mark.parametrize("count", [100, 1_000, 10_000])
def test_a_long_transfer_keeps_samples_at_equal_distances(count: int) -> None:
    kept = taken(count).until(count * LOOK, 0)[:-1]

    distances = {later.seconds - earlier.seconds for earlier, later in pairwise(kept)}
    assert len(distances) == 1
    assert len(kept) >= MOST_SAMPLES // 2


def test_the_rate_is_that_of_late() -> None:
    samples = taken(100, rate=800)

    assert samples.rate == pytest.approx(800, rel=0.01)
    for number in range(101, 120):
        samples.add(number * LOOK, 10_000)
    assert samples.rate == 0.0


def test_there_is_no_rate_before_there_is_anything_to_tell_it_by() -> None:
    assert Samples().rate == 0.0

"""The plan by which bytes leave, on a clock that the tests turn."""

import random

import pytest

from ota_dev.server.throttle import Throttle

RATES = [1, 300, 10_000, 50_000, 1_000_000, 50_000_000]


class Transfer:
    """A transfer on a clock of its own, whose sleeps end late by what *lateness* gives."""

    def __init__(self, rate: int, lateness: float = 0) -> None:
        self.now = 1000.0
        self.throttle = Throttle(rate, self.now)
        self.random = random.Random(7)
        self.lateness = lateness
        self.left: list[tuple[float, int]] = []  # when how many bytes left

    def send(self, length: int) -> None:
        while length > 0:
            block = min(self.throttle.block_size, length)
            if pause := self.throttle.wait(block, self.now):
                self.now += pause + self.random.uniform(0, self.lateness)
            self.left.append((self.now, block))
            length -= block

    def seconds(self) -> float:
        return self.now - 1000.0


@pytest.mark.parametrize("lateness", [0, 0.001, 0.016, 0.1], ids=["exact", "linux", "windows", "a busy machine"])
@pytest.mark.parametrize("rate", RATES)
def test_a_transfer_of_two_seconds_takes_two_seconds_however_coarse_the_timers_are(rate: int, lateness: float) -> None:
    transfer = Transfer(rate, lateness)

    transfer.send(2 * rate)

    assert transfer.seconds() == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("rate", RATES[2:])
def test_within_any_second_the_rate_is_seen(rate: int) -> None:
    transfer = Transfer(rate, 0.002)

    transfer.send(4 * rate)

    for start in range(1000, 1003):
        seen = sum(block for when, block in transfer.left if start < when <= start + 1)
        assert seen == pytest.approx(rate, rel=0.1)


def test_nothing_leaves_before_its_time() -> None:
    transfer = Transfer(1000)

    transfer.send(10)

    assert transfer.seconds() == pytest.approx(0.01)


def test_a_client_that_took_nothing_for_long_does_not_get_it_all_at_once() -> None:
    transfer = Transfer(1000)
    transfer.send(1000)
    transfer.now += 60

    transfer.send(2000)

    assert transfer.seconds() == pytest.approx(62.75, abs=0.06)

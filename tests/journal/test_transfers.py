"""What is on its way is seen until it has ended, and is never seen as both."""

import json
from dataclasses import replace

import pytest

from ota_dev.journal import Exchange, Journal, described_transfer
from tests.journal.made_up import SIZE, download, feed, transfer


def test_what_is_on_its_way_is_that_which_was_told_last() -> None:
    journal = Journal()

    journal.follow((transfer(1), transfer(2)))
    journal.follow((transfer(2, sent=700),))

    assert [(each.number, each.so_far.sent) for each in journal.ongoing] == [(2, 700)]
    assert journal.exchanges == ()


def test_a_recorded_exchange_is_on_its_way_no_longer_and_keeps_its_number() -> None:
    journal, seen = Journal(), list[tuple[Exchange, ...]]()
    journal.follow((transfer(1), transfer(2)))
    journal.subscribe(lambda _: seen.append(tuple(each.so_far for each in journal.ongoing)))

    journal.record(download(transfer=1))
    journal.record(feed())

    assert [each.number for each in journal.ongoing] == [2]
    assert [len(left) for left in seen] == [1, 1]
    assert [(kept.number, kept.transfer) for kept in journal.exchanges] == [(1, 1), (2, 0)]


@pytest.mark.parametrize(
    ("sent", "rate", "left"),
    [
        pytest.param(500, 100, 5.0, id="moving"),
        pytest.param(500, 0, None, id="stalled"),
        pytest.param(SIZE, 9, 0.0, id="whole"),
    ],
)
def test_the_time_left_is_that_at_the_rate_of_late(sent: int, rate: float, left: float | None) -> None:
    assert transfer(sent=sent, rate=rate).seconds_left == left


def test_a_transfer_is_described_like_the_exchange_it_becomes() -> None:
    on_its_way = transfer(7, rate=123.4)

    described = json.loads(json.dumps(described_transfer(on_its_way)))

    assert (described["transfer"], described["completed"], described["sent"]) == (7, False, 500)
    assert (described["rate"], described["seconds_left"]) == (123, 4.1)
    assert "samples" not in described
    assert not replace(on_its_way.so_far, status=200).failed

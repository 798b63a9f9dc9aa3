from datetime import timedelta
from threading import Thread

from ota_dev.journal import Exchange, Journal
from tests.journal import made_up

SOON = timedelta(seconds=10)


def exchange(status: int) -> Exchange:
    return made_up.exchange(status=status)


def test_the_journal_keeps_the_latest_and_counts_what_it_dropped() -> None:
    journal = Journal(capacity=2)

    for status in (200, 304, 404):
        journal.record(exchange(status))

    assert [kept.status for kept in journal.exchanges] == [304, 404]
    assert journal.dropped == 1


def test_a_subscriber_hears_of_each_exchange_until_it_unsubscribes() -> None:
    journal, heard = Journal(), list[int]()
    unsubscribe = journal.subscribe(lambda heard_exchange: heard.append(heard_exchange.status))

    journal.record(exchange(200))
    unsubscribe()
    unsubscribe()
    journal.record(exchange(404))

    assert heard == [200]


def test_a_subscriber_that_raises_hurts_nobody() -> None:
    journal, heard = Journal(), list[int]()

    def fail(_: Exchange) -> None:
        raise RuntimeError

    journal.subscribe(fail)
    journal.subscribe(lambda heard_exchange: heard.append(heard_exchange.status))
    journal.record(exchange(200))

    assert heard == [200]
    assert len(journal.exchanges) == 1


def test_nothing_is_lost_when_several_threads_record() -> None:
    journal = Journal(capacity=100)

    def record_many() -> None:
        for _ in range(200):
            journal.record(exchange(200))

    threads = [Thread(target=record_many) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(journal.exchanges) + journal.dropped == 800


def test_exchanges_are_numbered_from_one() -> None:
    journal = Journal(capacity=2)

    for status in (200, 304, 404):
        journal.record(exchange(status))

    assert [kept.number for kept in journal.exchanges] == [2, 3]
    assert [kept.status for kept in journal.since(2)] == [404]
    assert [kept.status for kept in journal.since(0)] == [304, 404]
    assert journal.since(3) == journal.since(99) == ()


def test_a_cleared_journal_goes_on_counting() -> None:
    journal = Journal()
    journal.record(exchange(200))

    journal.clear()
    journal.record(exchange(404))

    assert [kept.number for kept in journal.exchanges] == [2]
    assert journal.recorded == 2
    assert journal.dropped == 0
    assert journal.since(0) == journal.exchanges


def test_waiting_ends_with_the_first_exchange_that_is_wanted() -> None:
    journal = Journal()
    journal.record(exchange(404))

    def record_later() -> None:
        for status in (304, 404):
            journal.record(exchange(status))

    later = Thread(target=record_later)
    later.start()
    found = journal.wait_for(lambda entry: entry.status == 404, timeout=SOON, since=1)
    later.join()

    assert found is not None
    assert found.number == 3


def test_what_came_before_the_wait_counts_too() -> None:
    journal = Journal()
    journal.record(exchange(200))

    found = journal.wait_for(lambda entry: entry.status == 200, timeout=SOON)

    assert found == journal.exchanges[0]


def test_waiting_in_vain_ends_with_nothing() -> None:
    assert Journal().wait_for(lambda _: True, timeout=timedelta(milliseconds=1)) is None

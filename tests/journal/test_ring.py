from datetime import UTC, datetime, timedelta
from threading import Thread

from ota_dev.journal import Client, Exchange, Journal


def exchange(status: int) -> Exchange:
    return Exchange(
        started=datetime(2026, 1, 2, tzinfo=UTC),
        peer="127.0.0.1",
        method="GET",
        target="/",
        client=Client(),
        status=status,
        expected=0,
        sent=0,
        duration=timedelta(),
    )


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

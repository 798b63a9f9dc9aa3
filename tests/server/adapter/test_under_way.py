"""What is on its way, as the server tells of it while real clients download."""

import queue
import socket
from collections.abc import Callable
from contextlib import closing

import pytest
import requests

from ota_dev.journal import Exchange, Journal, Outcome, Transfer
from ota_dev.publishing import PublishedFile
from ota_dev.server.adapter import under_way

Put = Callable[..., PublishedFile]
Serve = Callable[..., int]
Exchanges = queue.Queue[Exchange]
WaitUntil = Callable[[Callable[[], object]], None]

SIZE = 300_000
SLOWLY = b"GET /with/bandwidth:rate=200kB/downloads/Acme.dmg HTTP/1.1\r\nHost: localhost\r\n\r\n"
STALLED = b"GET /with/stall:after=50%25/downloads/Acme.dmg HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def port(put: Put, serve: Serve, journal: Journal) -> int:
    put("Acme.dmg", bytes(SIZE))
    return serve(follow=journal.follow)


def ask(port: int, request: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(request)
    return connection


def test_a_download_is_seen_while_it_goes_on_and_keeps_its_number(
    port: int, journal: Journal, exchanges: Exchanges, wait_until: WaitUntil
) -> None:
    with ask(port, SLOWLY):
        wait_until(lambda: journal.ongoing and journal.ongoing[0].so_far.sent)
        seen = journal.ongoing[0]

    ended = exchanges.get(timeout=10)
    assert seen.so_far.outcome is Outcome.ONGOING
    assert (seen.so_far.status, seen.so_far.expected) == (200, SIZE)
    assert seen.so_far.in_force == ("bandwidth:rate=200kB",)
    assert seen.rate > 0
    assert ended.outcome is Outcome.ABORTED
    assert ended.transfer == seen.number == 1
    wait_until(lambda: not journal.ongoing)


def test_the_samples_of_a_download_go_up_to_all_of_it(port: int, exchanges: Exchanges) -> None:
    url = f"http://127.0.0.1:{port}/with/bandwidth:rate=400kB/downloads/Acme.dmg"

    requests.get(url, timeout=10)

    ended = exchanges.get(timeout=10)
    assert ended.samples[0] == (0.0, 0)
    assert ended.samples[-1] == (ended.duration.total_seconds(), SIZE)
    assert list(ended.samples) == sorted(ended.samples)
    assert any(0 < sample.sent < SIZE for sample in ended.samples)


def test_a_download_that_stalls_has_no_rate_soon(port: int, journal: Journal, wait_until: WaitUntil) -> None:
    with ask(port, STALLED):
        wait_until(lambda: journal.ongoing and journal.ongoing[0].so_far.sent and not journal.ongoing[0].rate)

        assert journal.ongoing[0].so_far.sent == SIZE // 2
        assert journal.ongoing[0].seconds_left is None


def test_each_has_a_number_of_its_own_and_the_oldest_comes_first(
    port: int, journal: Journal, wait_until: WaitUntil
) -> None:
    with ask(port, STALLED), ask(port, STALLED):
        wait_until(lambda: len(journal.ongoing) == 2)

        assert [transfer.number for transfer in journal.ongoing] == [1, 2]


def test_what_is_answered_at_once_is_no_transfer(port: int, exchanges: Exchanges) -> None:
    requests.get(f"http://127.0.0.1:{port}/downloads/Acme.dmg", timeout=10)

    ended = exchanges.get(timeout=10)
    assert (ended.transfer, ended.samples) == (0, ())


def test_who_follows_and_raises_hurts_nobody(put: Put, serve: Serve, exchanges: Exchanges) -> None:
    told: list[int] = []

    def follow(transfers: tuple[Transfer, ...]) -> None:
        told.append(len(transfers))
        raise RuntimeError

    put("Acme.dmg", bytes(SIZE))
    port = serve(follow=follow)

    answer = requests.get(f"http://127.0.0.1:{port}/with/bandwidth:rate=300kB/downloads/Acme.dmg", timeout=10)

    assert len(answer.content) == SIZE
    assert exchanges.get(timeout=10).outcome is Outcome.COMPLETED
    assert set(told) <= {0, 1}
    assert len(told) > 1


def test_once_nothing_is_on_its_way_that_is_told_and_the_looking_ends(
    put: Put, serve: Serve, wait_until: WaitUntil, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "_LASTING", 0.0)
    told: list[int] = []
    put("Acme.dmg", bytes(SIZE))
    port = serve(follow=lambda transfers: told.append(len(transfers)))

    with closing(ask(port, STALLED)):
        wait_until(lambda: told)

    wait_until(lambda: told[-1] == 0)
    assert told.count(0) == 1

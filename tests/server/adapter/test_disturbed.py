"""Answers that are disturbed on purpose, as curl, requests and plain sockets see them."""

import asyncio
import queue
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from ota_dev.journal import Exchange, Outcome
from ota_dev.publishing import PublishedFile
from ota_dev.server.adapter import HttpServer
from ota_dev.server.application import Application
from ota_dev.server.delivery import Delivery, Ending
from ota_dev.server.limits import Limits
from ota_dev.server.messages import FileBody, Request, Response
from ota_dev.server.stalls import Stalls
from ota_dev.server.tls import server_context

Put = Callable[..., PublishedFile]
Disturb = Callable[..., int]
Exchanges = queue.Queue[Exchange]
WaitUntil = Callable[[Callable[[], object]], None]

CONTENT = bytes(range(256)) * 1000
GET = b"GET /downloads/Acme.dmg HTTP/1.1\r\nHost: localhost\r\n\r\n"
WHOLE, EMPTY, CUT, RESET = 0, 52, 18, 56  # what curl exits with


@pytest.fixture
def disturb(put: Put, serve: Callable[..., int], application: Callable[..., Application]) -> Disturb:
    """Serve `CONTENT` as Acme.dmg with a delivery, and the feed without: `port = disturb(Delivery(rate=5))`."""

    def start(delivery: Delivery, content: bytes = CONTENT, flipped: tuple[int, ...] = (), **options: object) -> int:
        put("Acme.dmg", content)
        answer: Callable[[Request], Awaitable[Response]] = application().answer

        async def disturbed(request: Request) -> Response:
            response = await answer(request)
            if not request.path.startswith("/downloads/"):
                return response
            body = replace(response.body, flipped=flipped) if isinstance(response.body, FileBody) else response.body
            return replace(response, body=body, delivery=delivery)

        return serve(answer=disturbed, **options)

    return start


class Curled(NamedTuple):
    """What curl got."""

    exit_code: int
    body: bytes
    seconds: float


def curl(port: int, *options: str | Path, path: str = "/downloads/Acme.dmg", scheme: str = "http") -> Curled:
    start = time.monotonic()
    command = ["curl", "-sS", "--max-time", "20", *options, f"{scheme}://127.0.0.1:{port}{path}"]
    done = subprocess.run(command, check=False, capture_output=True)
    return Curled(done.returncode, done.stdout, time.monotonic() - start)


@pytest.fixture(params=["http", "https"])
def reach(request: pytest.FixtureRequest, disturb: Disturb, pair: tuple[Path, Path]) -> Callable[..., Curled]:
    """Serve with a delivery, and ask once with curl, in plain and over TLS: `reach(Delivery(rate=5), "--head")`."""

    def ask(delivery: Delivery, *options: str, **settings: object) -> Curled:
        if request.param == "http":
            return curl(disturb(delivery, **settings), *options)
        port = disturb(delivery, tls=server_context(*pair), **settings)
        return curl(port, "--cacert", pair[0], *options, scheme="https")

    return ask


@pytest.mark.parametrize(
    ("delivery", "seen", "note"),
    [
        pytest.param(Delivery(ending_after=105_000), (CUT, 105_000), "cut after 41% by fault", id="cut"),
        pytest.param(Delivery(ending_after=0), (CUT, 0), "cut after 0% by fault", id="cut after the head"),
        pytest.param(
            Delivery(ending_after=105_000, ending=Ending.RESET),
            (RESET, 105_000),
            "reset after 41% by fault",
            id="reset",
        ),
        pytest.param(
            Delivery(ending_after=0, ending=Ending.RESET),
            (RESET, 0),
            "reset after 0% by fault",
            id="reset after the head",
        ),
        pytest.param(Delivery(is_silent=True), (EMPTY, 0), "cut without an answer by fault", id="silence"),
        pytest.param(
            Delivery(is_silent=True, ending=Ending.RESET),
            (RESET, 0),
            "reset without an answer by fault",
            id="reset silence",
        ),
    ],
)
def test_a_client_gets_exactly_the_bytes_before_the_end_and_the_error_of_it(
    reach: Callable[..., Curled], exchanges: Exchanges, delivery: Delivery, seen: tuple[int, int], note: str
) -> None:
    exit_code, sent = seen

    curled = reach(delivery)

    exchange = exchanges.get(timeout=10)
    assert (curled.exit_code, curled.body) == (exit_code, CONTENT[:sent])
    assert (exchange.outcome, exchange.sent, exchange.note) == (Outcome.ABORTED, sent, note)


def test_of_a_large_download_all_that_was_sent_arrives_before_the_reset(disturb: Disturb) -> None:
    content = CONTENT * 100

    curled = curl(disturb(Delivery(ending_after=20_000_000, ending=Ending.RESET), content), "--limit-rate", "50M")

    assert (curled.exit_code, curled.body) == (RESET, content[:20_000_000])


@pytest.mark.parametrize(
    "delivery",
    [
        pytest.param(Delivery(ending_after=len(CONTENT) + 1), id="an ending"),
        pytest.param(Delivery(ending_after=len(CONTENT) + 1, ending=Ending.RESET), id="a reset"),
        pytest.param(Delivery(stall_after=len(CONTENT) + 1), id="a stall"),
    ],
)
def test_what_lies_beyond_the_body_never_happens(
    reach: Callable[..., Curled], exchanges: Exchanges, delivery: Delivery
) -> None:
    curled = reach(delivery)

    exchange = exchanges.get(timeout=10)
    assert (curled.exit_code, curled.body) == (WHOLE, CONTENT)
    assert (exchange.outcome, exchange.sent, exchange.note) == (Outcome.COMPLETED, len(CONTENT), "")


def test_a_cut_counts_the_bytes_of_the_range_that_is_sent(disturb: Disturb) -> None:
    curled = curl(disturb(Delivery(ending_after=50)), "--range", "1000-1099")

    assert (curled.exit_code, curled.body) == (CUT, CONTENT[1000:1050])


@pytest.mark.parametrize(
    ("options", "status"),
    [(["--head"], b"200"), (["-i", "-H", "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"], b"304")],
    ids=["HEAD", "304"],
)
def test_an_answer_without_a_body_is_neither_cut_nor_slow_nor_stalled(
    disturb: Disturb, options: list[str], status: bytes
) -> None:
    curled = curl(disturb(Delivery(rate=1, stall_after=0, ending_after=0, ending=Ending.RESET)), *options)

    assert curled.exit_code == WHOLE
    assert curled.body.startswith(b"HTTP/1.1 " + status)


def test_an_answer_without_a_body_is_late_and_silent_as_any_other(disturb: Disturb) -> None:
    late, silent = disturb(Delivery(latency=timedelta(seconds=0.3))), disturb(Delivery(is_silent=True))

    curled = curl(late, "--head")

    assert curled.exit_code == WHOLE
    assert curled.seconds >= 0.3
    assert curl(silent, "--head").exit_code == EMPTY


def test_python_clients_see_a_short_body_a_reset_and_no_answer(disturb: Disturb) -> None:
    short = disturb(Delivery(ending_after=1000))
    reset = disturb(Delivery(ending_after=1000, ending=Ending.RESET))
    silent = disturb(Delivery(is_silent=True))

    for port, error in ((short, "IncompleteRead"), (reset, "Connection reset"), (silent, "without response")):
        with pytest.raises(requests.RequestException, match=error):
            requests.get(f"http://127.0.0.1:{port}/downloads/Acme.dmg", timeout=20)


def test_flipped_bytes_arrive_flipped_in_a_body_of_the_right_length(disturb: Disturb) -> None:
    port = disturb(Delivery(), flipped=(7, 100_000))

    whole, part = curl(port).body, curl(port, "--range", "100000-").body

    assert len(whole) == len(CONTENT)
    assert {i: sent for i, sent in enumerate(whole) if sent != CONTENT[i]} == {7: 7 ^ 0xFF, 100_000: 160 ^ 0xFF}
    assert part == whole[100_000:]


def test_the_head_of_an_answer_is_late(disturb: Disturb, exchanges: Exchanges) -> None:
    port = disturb(Delivery(latency=timedelta(seconds=0.4)))

    curled = curl(port)

    exchange = exchanges.get(timeout=10)
    assert curled.body == CONTENT
    assert curled.seconds >= 0.4
    assert (exchange.outcome, exchange.note) == (Outcome.COMPLETED, "0.4 s late by fault")


@pytest.mark.parametrize(
    ("delivery", "note"),
    [
        pytest.param(
            Delivery(latency=timedelta(hours=1)), "3600 s late by fault, the client went away", id="before the head"
        ),
        pytest.param(Delivery(stall_after=0), "stalled after 0% by fault, the client went away", id="while it stalls"),
        pytest.param(
            Delivery(rate=100), "at 100 bytes per second by fault, the client went away", id="while it is slow"
        ),
    ],
)
@pytest.mark.parametrize("politely", [True, False], ids=["closing", "resetting"])
def test_a_client_that_gives_up_is_noticed_at_once(
    disturb: Disturb, exchanges: Exchanges, delivery: Delivery, note: str, politely: bool
) -> None:
    port = disturb(delivery)

    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(GET)
        if delivery.latency == timedelta():
            connection.recv(1000)
        if not politely:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    exchange = exchanges.get(timeout=10)
    assert (exchange.outcome, exchange.note) == (Outcome.ABORTED, note)


@pytest.mark.parametrize("rate", [40_000, 1_000_000, 20_000_000])
def test_a_download_takes_as_long_as_its_rate_says(
    reach: Callable[..., Curled], exchanges: Exchanges, rate: int
) -> None:
    content = bytes(rate)

    curled = reach(Delivery(rate=rate), content=content)

    exchange = exchanges.get(timeout=10)
    assert curled.body == content
    assert 1 <= exchange.duration.total_seconds() < 2  # A busy machine may be late, and never early.
    assert exchange.note == f"at {rate:,} bytes per second by fault"


def test_a_refusal_that_is_disturbed_keeps_its_reason(serve: Callable[..., int], exchanges: Exchanges) -> None:
    async def answer(_: Request) -> Response:
        return replace(Response.plain(404, "There is no such installer."), delivery=Delivery(rate=1_000_000))

    curl(serve(answer=answer))

    assert exchanges.get(timeout=10).note == "There is no such installer, at 1,000,000 bytes per second by fault"


@pytest.fixture
def stalls() -> Stalls:
    return Stalls()


@pytest.fixture
def stalled(disturb: Disturb, stalls: Stalls, wait_until: WaitUntil) -> Iterator[socket.socket]:
    """Give a connection whose download stalls after 1000 bytes until it is released."""
    port = disturb(Delivery(stall_after=1000), stalls=stalls)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        wait_until(lambda: stalls.current)
        yield connection


def read_to_end(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(100_000), b""))


def test_a_stalled_answer_is_listed(stalled: socket.socket, stalls: Stalls) -> None:
    head_and_start = stalled.recv(10_000)

    (stall,) = stalls.current
    assert (stall.target, stall.sent) == ("/downloads/Acme.dmg", 1000)
    assert head_and_start.partition(b"\r\n\r\n")[2] == CONTENT[:1000]


def test_a_released_answer_goes_on_and_is_no_longer_listed(
    stalled: socket.socket, stalls: Stalls, exchanges: Exchanges
) -> None:
    (stall,) = stalls.current

    counts = [stalls.release(stall.number + 1), stalls.release(stall.number)]

    exchange = exchanges.get(timeout=10)
    assert counts == [0, 1]
    assert read_to_end(stalled).partition(b"\r\n\r\n")[2] == CONTENT
    assert (exchange.outcome, exchange.note) == (Outcome.COMPLETED, "stalled after 0% by fault")
    assert stalls.current == ()


@pytest.mark.parametrize(
    "delivery",
    [
        pytest.param(Delivery(latency=timedelta(seconds=0.4)), id="late"),
        pytest.param(Delivery(rate=640_000), id="slow"),
        pytest.param(Delivery(stall_after=1000, stall_for=timedelta(seconds=0.4)), id="stalled"),
    ],
)
def test_what_waits_by_intent_is_not_taken_for_a_client_that_takes_nothing(
    reach: Callable[..., Curled], delivery: Delivery
) -> None:
    curled = reach(delivery, limits=Limits(stalled_time=0.02))

    assert (curled.exit_code, curled.body) == (WHOLE, CONTENT)
    assert curled.seconds >= 0.4


def test_a_body_that_is_shorter_than_announced_ends_with_the_connection(serve: Callable[..., int]) -> None:
    async def answer(_: Request) -> Response:
        return Response(status=200, headers={"Content-Length": "10"}, body=b"short", delivery=Delivery(ending_after=5))

    curled = curl(serve(answer=answer))

    assert (curled.exit_code, curled.body) == (CUT, b"short")


def test_a_stall_ends_when_its_time_is_over(disturb: Disturb) -> None:
    curled = curl(disturb(Delivery(stall_after=1000, stall_for=timedelta(seconds=0.3))))

    assert curled.body == CONTENT
    assert curled.seconds >= 0.3


def test_what_stalls_can_be_cut_afterwards(disturb: Disturb, exchanges: Exchanges) -> None:
    port = disturb(Delivery(stall_after=128_000, stall_for=timedelta(seconds=0.1), ending_after=128_000))

    curled = curl(port)

    assert (curled.exit_code, curled.body) == (CUT, CONTENT[:128_000])
    assert exchanges.get(timeout=10).note == "stalled after 50% by fault, cut after 50% by fault"


def test_two_hundred_slow_clients_leave_the_feed_quick(disturb: Disturb, exchanges: Exchanges) -> None:
    port = disturb(Delivery(rate=20_000), bytes(30_000))
    with ExitStack() as clients, ThreadPoolExecutor(1) as pool:
        slow = [clients.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _ in range(200)]
        for connection in slow:
            connection.sendall(GET)
        feeds = [exchanges.get(timeout=10) for _ in range(5) if curl(port, path="/appcast.xml").exit_code == WHOLE]
        downloads = pool.submit(lambda: [exchanges.get(timeout=20) for _ in slow]).result()

    assert {feed.target for feed in feeds} == {"/appcast.xml"}
    assert max(feed.duration for feed in feeds) < timedelta(seconds=1)
    assert {download.outcome for download in downloads} == {Outcome.COMPLETED}
    assert all(1.5 <= download.duration.total_seconds() < 4 for download in downloads)


@pytest.mark.parametrize(
    ("delivery", "note"),
    [
        pytest.param(Delivery(latency=timedelta(hours=1)), "3600 s late by fault", id="late"),
        pytest.param(Delivery(rate=100), "at 100 bytes per second by fault", id="slow"),
        pytest.param(Delivery(stall_after=0), "stalled after 0% by fault", id="stalled"),
    ],
)
def test_stopping_the_server_ends_what_is_disturbed_at_once(delivery: Delivery, note: str) -> None:
    recorded, answered = queue.Queue[Exchange](), threading.Event()

    async def answer(_: Request) -> Response:
        answered.set()
        return Response(status=200, body=CONTENT, delivery=delivery)

    async def scenario() -> set[asyncio.Task[object]]:
        limits = Limits(stopping_time=20)
        async with HttpServer(answer, "127.0.0.1", 0, record=recorded.put, limits=limits) as server:
            client = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", server.port))
            client.sendall(GET)
            await asyncio.to_thread(answered.wait, 10)
        client.close()
        return asyncio.all_tasks() - {asyncio.current_task()}

    start = time.monotonic()
    left = asyncio.run(scenario())

    exchange = recorded.get(timeout=1)
    assert left == set()
    assert time.monotonic() - start < 5
    assert (exchange.outcome, exchange.note) == (Outcome.ABORTED, f"{note}, the server stopped")

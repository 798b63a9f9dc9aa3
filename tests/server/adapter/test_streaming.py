"""Streams over a real socket: chunk by chunk, and closed with the client or the server, whichever ends first."""

import asyncio
import queue
import socket
import threading
import time
from collections.abc import AsyncGenerator, Callable

import pytest
import requests

from ota_dev.server.adapter import HttpServer
from ota_dev.server.limits import Limits
from ota_dev.server.messages import Request, Response, StreamBody

LIMIT = 10  # seconds; far more than anything here takes
GET = b"GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n"
WaitUntil = Callable[[Callable[[], object]], None]


class Ticks:
    """Streams three ticks, and then waits for ever unless it *ends*."""

    def __init__(self, *, ends: bool) -> None:
        self.ends = ends
        self.is_closed, self.is_waiting = threading.Event(), threading.Event()

    async def open(self) -> AsyncGenerator[bytes, None]:
        try:
            for number in range(3):
                yield b"tick %d\n" % number
            self.is_waiting.set()
            if not self.ends:
                await asyncio.Event().wait()
        finally:
            self.is_closed.set()

    async def answer(self, _: Request) -> Response:
        return Response(status=200, body=StreamBody(open=self.open))


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_stream_arrives_whole_and_ends_the_connection(
    serve: Callable[..., int], exchanges: queue.Queue[object], version: str
) -> None:
    port = serve(answer=Ticks(ends=True).answer)

    with socket.create_connection(("127.0.0.1", port), LIMIT) as client:
        client.sendall(GET.replace(b"1.1", version.encode()))
        received = b"".join(iter(lambda: client.recv(10_000), b""))

    assert received.count(b"tick") == 3
    assert b"Content-Length" not in received
    assert (b"chunked" in received) is (version == "1.1")
    assert "sent=21," in repr(exchanges.get(timeout=LIMIT))


def test_each_chunk_arrives_at_once(serve: Callable[..., int]) -> None:
    port = serve(answer=Ticks(ends=False).answer)

    with requests.get(f"http://127.0.0.1:{port}/ticks", stream=True, timeout=LIMIT) as answer:
        lines = answer.iter_lines(chunk_size=1)

        assert [next(lines) for _ in range(3)] == [b"tick 0", b"tick 1", b"tick 2"]


def test_a_stream_is_closed_when_its_client_is_gone(serve: Callable[..., int], exchanges: queue.Queue[object]) -> None:
    ticks = Ticks(ends=False)
    port = serve(answer=ticks.answer)

    with socket.create_connection(("127.0.0.1", port), LIMIT) as client:
        client.sendall(GET)
        assert ticks.is_waiting.wait(LIMIT)
        assert not ticks.is_closed.is_set()

    assert ticks.is_closed.wait(LIMIT)
    assert "the client went away" in repr(exchanges.get(timeout=LIMIT))


def test_stopping_the_server_ends_a_stream_at_once() -> None:
    ticks = Ticks(ends=False)

    async def scenario() -> set[asyncio.Task[object]]:
        async with HttpServer(ticks.answer, "127.0.0.1", 0, limits=Limits(stopping_time=20)) as server:
            client = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", server.port))
            client.sendall(GET)
            await asyncio.to_thread(ticks.is_waiting.wait, LIMIT)
        client.close()
        return asyncio.all_tasks() - {asyncio.current_task()}

    start = time.monotonic()
    left = asyncio.run(scenario())

    assert left == set()
    assert ticks.is_closed.is_set()
    assert time.monotonic() - start < 5

"""An HTTP server that lives between `start` and `stop`: its sockets, its answers under way, and the record of each."""

import asyncio
import socket
import ssl
import traceback
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self, cast

from aiohttp import web

from ota_dev.errors import OtaDevError
from ota_dev.journal import Exchange, Transfer
from ota_dev.server.adapter.connection import Connection
from ota_dev.server.adapter.receiving import receive_body, too_large
from ota_dev.server.adapter.recording import exchange_of, is_recorded
from ota_dev.server.adapter.sending import Sender
from ota_dev.server.adapter.sink import Progress
from ota_dev.server.adapter.under_way import UnderWay
from ota_dev.server.binding import BACKLOG, listen
from ota_dev.server.delivery import UNDISTURBED
from ota_dev.server.limits import Limits
from ota_dev.server.messages import Request, Response, StreamBody
from ota_dev.server.stalls import Stalls

__all__ = ["HttpServer"]

Answer = Callable[[Request], Awaitable[Response]]
Record = Callable[[Exchange], None]
Follow = Callable[[tuple[Transfer, ...]], None]

_DISK_THREADS = 4


class HttpServer:
    """An HTTP server around a function from request to response; `async with` starts and stops it.

    With *tls* it also listens for plain http, on a port of its own that only a redirection from https to http leads to.
    *stalls* lists the answers that stall on purpose. *record* is called with every exchange once it ended, but for
    those of the dashboard and the control API, on the event loop's thread, and what it raises is dropped. So is
    *follow*, again and again with all that are on their way for a while already.
    """

    def __init__(
        self,
        answer: Answer,
        host: str = "127.0.0.1",
        port: int = 8080,
        *,
        tls: ssl.SSLContext | None = None,
        limits: Limits = Limits(),  # noqa: B008 - it is frozen
        stalls: Stalls | None = None,
        record: Record = lambda _: None,
        follow: Follow = lambda _: None,
        debug: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits
        self._answer = answer
        self._host, self._wanted_port = host, port
        self._tls = tls
        self._stalls = stalls or Stalls()
        self._record = record
        self._under_way = UnderWay(follow)
        self._debug = debug
        self._now = now
        self._port = 0
        self._plain_port: int | None = None
        self._listeners: list[asyncio.Server] = []
        self._connections: set[Connection] = set()
        self._answering: set[asyncio.Task[Any]] = set()
        self._lasting: set[asyncio.Task[Any]] = set()  # those of them that are disturbed on purpose, or streams

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def port(self) -> int:
        """Give the port in use, which differs from the one asked for when that was 0."""
        return self._port

    async def start(self) -> None:
        """Listen.

        Raises:
            ServerError: the address cannot be listened on.
        """
        sockets = listen(self._host, self._wanted_port)
        plain = listen(self._host, 0) if self._tls else []
        self._port = sockets[0].getsockname()[1]
        self._plain_port = plain[0].getsockname()[1] if plain else None
        self._disk = ThreadPoolExecutor(_DISK_THREADS, thread_name_prefix="ota-dev-disk")
        self._sender = Sender(self._disk, self._stalls)
        self._manager = web.Server(self._handle)
        await self._accept(sockets, self._tls)
        await self._accept(plain, None)

    async def stop(self) -> None:
        """Stop listening, give answers on their way a short while, then cut them; lasting ones at once."""
        for listener in self._listeners:
            listener.close()
        self._manager.pre_shutdown()
        for task in self._lasting:
            task.cancel()
        # aiohttp waits this long twice: for the answer to end, then for its task.
        await self._manager.shutdown(self._limits.stopping_time / 2)
        for connection in list(self._connections):
            connection.wire.abort()
        if self._answering:
            await asyncio.wait(self._answering, timeout=self._limits.stopping_time)
        for listener in self._listeners:
            await listener.wait_closed()
        self._listeners.clear()
        # A thread that hangs on a dead disk cannot be waited for.
        self._disk.shutdown(wait=not self._answering, cancel_futures=True)

    async def _accept(self, sockets: Iterable[socket.socket], tls: ssl.SSLContext | None) -> None:
        loop = asyncio.get_running_loop()
        for opened in sockets:
            self._listeners.append(await loop.create_server(self._connect, sock=opened, ssl=tls, backlog=BACKLOG))

    def _connect(self) -> Connection:
        return Connection(
            self._manager, self._limits, self._connections, self._record_refusal, plain_port=self._plain_port
        )

    async def _handle(self, incoming: web.BaseRequest) -> web.StreamResponse:
        loop, task = asyncio.get_running_loop(), cast(asyncio.Task[Any], asyncio.current_task())
        connection = cast(Connection, incoming.protocol)
        started, start = self._now(), loop.time()
        request = connection.read_request(incoming)
        response, progress = Response.plain(503, "The server is stopping."), Progress()
        connection.begin_answer()
        self._answering.add(task)
        try:
            response = await self._respond(request, incoming, progress)
            if response.delivery != UNDISTURBED or isinstance(response.body, StreamBody):
                self._lasting.add(task)
            with self._under_way.including(request, response, progress, started, start):
                return await self._sender.send(response, incoming, connection, progress)
        except asyncio.CancelledError:
            progress.abort("the server stopped")
            raise
        finally:
            response.close()
            self._answering.discard(task)
            self._lasting.discard(task)
            connection.end_answer()
            if is_recorded(request, response):
                self._record_exchange(request, response, progress, started, timedelta(seconds=loop.time() - start))

    async def _respond(self, request: Request, incoming: web.BaseRequest, progress: Progress) -> Response:
        if (incoming.content_length or 0) > self._limits.request_body:
            return too_large(self._limits)
        try:
            if request.is_for_control and request.method == "POST":
                body = await receive_body(incoming, self._limits)
                if isinstance(body, Response):
                    return body
                request = replace(request, body=body)
            return await self._answer(request)
        except OtaDevError as error:
            progress.note = str(error)
            return Response.plain(500, progress.note)
        except Exception as error:  # whatever goes wrong, the server goes on
            progress.note = f"{type(error).__name__}: {error}"
            hint = traceback.format_exc() if self._debug else "Start ota-dev with --debug to see why."
            return Response.plain(500, f"ota-dev failed to answer this request. {hint}")

    def _record_refusal(self, connection: Connection, status: int, note: str) -> None:
        request = Request.of("-", "-", peer=connection.peer)
        self._record_exchange(request, Response(status=status), Progress(note=note), self._now(), timedelta())

    def _record_exchange(
        self, request: Request, response: Response, progress: Progress, started: datetime, duration: timedelta
    ) -> None:
        exchange = exchange_of(request, response, progress, started, duration)
        with suppress(Exception):
            self._record(exchange)

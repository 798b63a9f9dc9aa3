"""One connection: aiohttp's protocol, with our limits and our refusals."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, cast

from aiohttp import web

from ota_dev.server.adapter.sending import to_aiohttp
from ota_dev.server.limits import Limits
from ota_dev.server.messages import Headers, Request, Response

__all__ = ["Connection"]

# Silent unless the embedding program wants to hear it: whatever a client does wrong is in the journal.
_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())

_UNREADABLE = "The request is not HTTP that this server can read, or one of its lines is too long."


class Connection(web.RequestHandler):
    """One connection to a client.

    *connections* holds all that are open, and this one while it is. *refused* is called with the connection, a status
    and the reason for a request that could not be read. *plain_port* is that of plain http beside https.
    """

    def __init__(
        self,
        manager: web.Server,
        limits: Limits,
        connections: set["Connection"],
        refused: Callable[["Connection", int, str], None],
        *,
        plain_port: int | None = None,
    ) -> None:
        # Typed loosely, since aiohttp's signature has no place for "no access log".
        options: dict[str, Any] = {"access_log": None, "logger": _LOG}
        super().__init__(
            manager,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=limits.idle_time,
            lingering_time=limits.body_time,
            max_line_size=limits.request_line,
            max_field_size=limits.header_field,
            max_headers=limits.header_fields,
            auto_decompress=False,
            **options,
        )
        self._limits = limits
        self._connections = connections
        self._refused = refused
        self._plain_port = plain_port
        self._head = 0  # bytes received since the last answer
        self._is_answering = False
        self._is_last = False  # The client sends nothing more.
        self._last_seen = (0, 0)
        self._watch: asyncio.TimerHandle | None = None
        self.peer = ""
        self.local, self.local_port = "", 0
        self.delivered = 0  # bytes of bodies, ever
        self.has_stalled = False
        self.gone = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless there are too many connections."""
        self.wire = cast(asyncio.Transport, transport)
        if len(self._connections) >= self._limits.connections:
            self.wire.abort()
            return
        self._connections.add(self)
        super().connection_made(transport)
        # "Drained" means that the operating system has taken everything. Zero would never count as drained over TLS.
        self.wire.set_write_buffer_limits(high=1, low=0)
        self.peer = str((transport.get_extra_info("peername") or ("",))[0])
        self.local, self.local_port = (transport.get_extra_info("sockname") or ("", 0))[:2]
        self._look_for_progress()

    def connection_lost(self, exc: BaseException | None) -> None:
        """End."""
        self._connections.discard(self)
        self.gone.set()
        if self._watch:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what arrived, within the limit on the whole of a request's head."""
        if not self._is_answering:
            self._head += len(data)
            if self._head > self._limits.request_head:
                self._refused(self, 431, "the head of the request is too large")
                self.force_close()
                return
        super().data_received(data)

    def eof_received(self) -> bool:  # type: ignore[override] # asyncio reads the answer, aiohttp gives none
        """Stay open for the answer to a client that has said all; TLS cannot be closed in one direction.

        Nothing tells such a client from one that closed the connection, until something is sent to it.
        """
        self._is_last = True
        self.gone.set()
        return self.ssl_context is None and (self._is_answering or self._head > 0)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  # what aiohttp says of it quotes the request
    ) -> web.StreamResponse:
        """Answer what aiohttp could not parse, without echoing any of it."""
        if request.writer.output_size:
            raise ConnectionError("the answer is on its way already") from exc
        self._refused(self, status, _UNREADABLE)
        refusal = Response.plain(status, _UNREADABLE)
        return to_aiohttp(refusal, cast(bytes, refusal.body), keep_alive=False)

    def begin_answer(self) -> None:
        """Take note that a request's head is complete."""
        self._is_answering = True

    def end_answer(self) -> None:
        """Take note that the next request's head may come."""
        self._is_answering, self._head = False, 0
        if self._is_last:
            self.close()

    def read_request(self, incoming: web.BaseRequest) -> Request:
        """Turn what aiohttp parsed into a request value."""
        return Request.of(
            incoming.method,
            incoming.raw_path,
            Headers(incoming.headers.items()),
            scheme="https" if self.ssl_context else "http",
            peer=self.peer,
            local=self.local,
            local_port=self.local_port,
            plain_port=self._plain_port,
            version=(incoming.version.major, incoming.version.minor),
        )

    def _look_for_progress(self) -> None:
        waiting = self.wire.get_write_buffer_size()
        seen = (self.delivered, waiting)
        if waiting and seen == self._last_seen:
            self.has_stalled = True
            self.wire.abort()
            return
        self._last_seen = seen
        self._watch = asyncio.get_running_loop().call_later(self._limits.stalled_time, self._look_for_progress)

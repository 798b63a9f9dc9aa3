"""The one place where a disturbance is performed: lateness, a rate, a stall, an end before the end.

The hundreds of answers that are disturbed at a time share the event loop, and none of them holds it or a thread.
"""

import asyncio
from contextlib import suppress

from aiohttp import web

from ota_dev.operating_system import ConnectedSocket, bytes_in_flight, reset_when_closed
from ota_dev.server.adapter.recording import masked
from ota_dev.server.adapter.sink import Progress, Sink, drain, write
from ota_dev.server.delivery import Ending
from ota_dev.server.messages import Response
from ota_dev.server.stalls import Stalls
from ota_dev.server.throttle import Throttle
from ota_dev.server.transfer import BodyReader

__all__ = ["Disturbance", "EndedByFault"]

_BLOCK = 64 * 1024
_ARRIVING = 5.0  # seconds for what was sent to arrive before a reset discards it
_LOOK = 0.005  # seconds
_GUESS = 0.2  # seconds, where the system cannot tell


class EndedByFault(Exception):  # noqa: N818  # nothing went wrong
    """The connection was ended as the delivery says; the message is for the journal."""


class Disturbance:
    """One answer on its way, disturbed as its `delivery` says."""

    def __init__(
        self, response: Response, incoming: web.BaseRequest, sink: Sink, progress: Progress, stalls: Stalls
    ) -> None:
        self._delivery, self._length = response.delivery, response.length
        # A refusal is disturbed as well, and its reason is still the first thing to know.
        progress.note = progress.note or response.reason
        self._incoming, self._sink, self._progress = incoming, sink, progress
        self._stalls = stalls

    async def precede(self) -> None:
        """Wait before the head of the answer, or end the connection there.

        Raises:
            EndedByFault: the connection is closed on purpose.
            ConnectionResetError: the client did not wait.
        """
        if self._delivery.latency:
            await self._hold_back(self._delivery.latency.total_seconds())
        if self._delivery.is_silent:
            await self._end("without an answer")

    async def send_body(self, reader: BodyReader) -> None:
        """Send the body as far as it goes.

        Raises:
            EndedByFault, ConnectionResetError: as above.
        """
        stall, ending = self._delivery.stall_after, self._delivery.ending_after
        last = self._length if ending is None else min(ending, self._length)
        if self._delivery.rate is not None:
            self._progress.tell(f"at {self._delivery.rate:,} bytes per second by fault")
        if stall is not None and stall <= last:
            await self._send(reader, stall)
            await self._stall()
        await self._send(reader, last)
        if ending == last:
            await self._end(f"after {self._share}")

    @property
    def _share(self) -> str:
        return f"{self._progress.sent * 100 // self._length}%"

    async def _hold_back(self, seconds: float) -> None:
        self._progress.tell(f"{seconds:g} s late by fault")
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._sink.gone.wait()
                raise ConnectionResetError

    async def _stall(self) -> None:
        self._progress.tell(f"stalled after {self._share} by fault")
        target, gone = masked(self._incoming.raw_path), self._sink.gone
        await self._stalls.hold(target, self._progress.sent, self._delivery.stall_for, gone)

    async def _send(self, reader: BodyReader, last: int) -> None:
        """Send up to the byte before *last*, and leave nothing of it in memory."""
        clock, rate = asyncio.get_running_loop().time, self._delivery.rate
        throttle = None if rate is None else Throttle(rate, clock())
        size = throttle.block_size if throttle else _BLOCK
        while block := await reader.read(min(size, last - self._progress.sent)):
            # Without a rate as well, others get their turn between any two blocks.
            await asyncio.sleep(throttle.wait(len(block), clock()) if throttle else 0)
            write(self._sink.wire, block)
            await drain(self._incoming)
            self._progress.sent += len(block)
            self._sink.delivered += len(block)

    async def _end(self, when: str) -> None:
        """End the connection once all that was sent has left."""
        if self._delivery.ending is Ending.CLOSE:
            self._sink.wire.close()
            raise EndedByFault(f"cut {when} by fault")
        await _until_arrived(self._sink.wire)
        with suppress(OSError):  # The client ended it first.
            reset_when_closed(self._sink.wire.get_extra_info("socket"))
        self._sink.wire.abort()
        raise EndedByFault(f"reset {when} by fault")


async def _until_arrived(wire: asyncio.Transport) -> None:
    """Wait until the client's system has all that was sent: a reset discards the rest."""
    connection: ConnectedSocket = wire.get_extra_info("socket")
    clock = asyncio.get_running_loop().time
    deadline = clock() + _ARRIVING
    while not wire.is_closing() and clock() < deadline:
        in_flight = bytes_in_flight(connection)
        if in_flight is None:
            await asyncio.sleep(_GUESS)
        if not in_flight:
            return
        await asyncio.sleep(_LOOK)

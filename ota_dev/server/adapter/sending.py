"""The one place where bytes are sent: a response performed on a connection, as quickly as the client takes it.

What is disturbed on purpose leaves this path before its first byte, so that it costs the others nothing.
"""

import asyncio
from concurrent.futures import Executor

from aiohttp import web

from ota_dev import __version__
from ota_dev.journal import Outcome
from ota_dev.server.adapter.disturbed import Disturbance, EndedByFault
from ota_dev.server.adapter.sink import Progress, Sink, drain, write
from ota_dev.server.adapter.streaming import send_stream
from ota_dev.server.delivery import UNDISTURBED
from ota_dev.server.messages import Response, StreamBody
from ota_dev.server.stalls import Stalls
from ota_dev.server.transfer import BodyReader, ContentChangedError

__all__ = ["Sender", "to_aiohttp"]

# A block that a slow client has not taken yet costs memory, so only those that take them quickly get large ones.
_SMALL_BLOCK = 64 * 1024
_LARGE_BLOCK = 128 * 1024
_QUICKLY = 0.02  # seconds to take what a block left over
_FREELY = 8 * 1024 * 1024  # bytes taken without a wait: more than the buffers between server and client hold
# Clients that take everything at once share the loop: this many bytes for all of them, then it is the others' turn,
# such as one that wants a feed; and when hundreds begin together, only a few of them go on in one turn of the loop.
_ROUND = 1024 * 1024
_TURNS_AT_ONCE = 8


class _Pace:
    """How large the next block for a client may be."""

    def __init__(self) -> None:
        self.size = _SMALL_BLOCK
        self._freely = 0

    def took(self, length: int) -> None:
        """Take note that *length* bytes were taken at once."""
        self._freely += length
        if self._freely >= _FREELY:
            self.size = _LARGE_BLOCK

    def waited(self, seconds: float) -> None:
        """Take note that the client took its time."""
        self._freely = 0
        self.size = _LARGE_BLOCK if seconds < _QUICKLY else _SMALL_BLOCK


class Sender:
    """Send responses; *disk* are the threads that read what is not in memory."""

    def __init__(self, disk: Executor, stalls: Stalls) -> None:
        self._disk = disk
        self._stalls = stalls
        self._sending = 0  # answers that are longer than one block
        self._turns = asyncio.Semaphore(_TURNS_AT_ONCE)

    async def send(
        self, response: Response, incoming: web.BaseRequest, sink: Sink, progress: Progress
    ) -> web.StreamResponse:
        """Send *response*, and note in *progress* how far that got; a cut answer also cuts the connection."""
        if isinstance(response.body, StreamBody):
            stream = to_aiohttp(response, None, keep_alive=False)
            return await send_stream(response.body, stream, incoming, sink, progress)
        reader = BodyReader(response.body, self._disk)
        outgoing: web.StreamResponse = web.Response()
        try:
            disturbance = None
            if response.delivery != UNDISTURBED:
                disturbance = Disturbance(response, incoming, sink, progress, self._stalls)
                await disturbance.precede()
            is_short = response.length <= (_SMALL_BLOCK if disturbance is None else 0)
            whole = await reader.read(_SMALL_BLOCK) if is_short else None
            # A body that was refused unread would be taken for the next request.
            outgoing = to_aiohttp(response, whole, keep_alive=incoming.keep_alive and response.status != 413)
            await outgoing.prepare(incoming)
            if is_short:
                await outgoing.write_eof()
                progress.sent = response.length
            elif disturbance is not None:
                await disturbance.send_body(reader)
            else:
                await self._send_blocks(reader, incoming, sink, progress)
        except EndedByFault as end:
            progress.abort(str(end))
        except ContentChangedError:
            progress.abort("the file changed while it was sent")
        except ConnectionError:
            progress.abort("the client took nothing any more" if sink.has_stalled else "the client went away")
        except OSError as error:
            progress.abort(f"the file could not be read: {error.strerror}")
        if progress.outcome is Outcome.ABORTED:
            if not sink.wire.is_closing():  # What is being closed in order still sends what it has.
                sink.wire.abort()
            outgoing.force_close()
        return outgoing

    async def _send_blocks(self, reader: BodyReader, incoming: web.BaseRequest, sink: Sink, progress: Progress) -> None:
        """Send what *reader* gives, as quickly as the client takes it."""
        pace, turn = _Pace(), 0
        self._sending += 1
        try:
            while block := await reader.read(pace.size):
                length = len(block)
                write(sink.wire, block)
                del block  # The transport keeps what the client has not taken; twice would be too much for hundreds.
                if sink.wire.get_write_buffer_size():
                    pace.waited(await drain(incoming))
                    turn = 0
                else:
                    pace.took(length)
                    turn = await self._take_turns(turn + length)
                progress.sent += length
                sink.delivered += length
        finally:
            self._sending -= 1

    async def _take_turns(self, turn: int) -> int:
        """Let others go when *turn* is long enough; give the length of the turn that goes on."""
        if turn < _ROUND // self._sending:
            return turn
        async with self._turns:
            await asyncio.sleep(0)
        return 0


def to_aiohttp(response: Response, whole: bytes | None, *, keep_alive: bool) -> web.StreamResponse:
    """Give aiohttp's response; with the *whole* body at hand, head and body leave in one packet."""
    headers = {**response.all_headers, "Server": f"ota-dev/{__version__}"}
    outgoing: web.StreamResponse
    if whole is None:
        outgoing = web.StreamResponse(status=response.status, headers=headers)
    else:
        outgoing = web.Response(status=response.status, headers=headers, body=whole)
    if not keep_alive:
        outgoing.force_close()
    return outgoing

"""What bytes are written to, and how far one answer got."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from ota_dev.journal import Outcome, Samples

__all__ = ["Progress", "Sink", "drain", "write"]


@dataclass(slots=True)
class Progress:
    """How far one answer got."""

    sent: int = 0  # bytes of body
    outcome: Outcome = Outcome.COMPLETED
    note: str = ""
    transfer: int = 0  # its number, once it took long enough for one
    samples: Samples = field(default_factory=Samples)

    def tell(self, note: str) -> None:
        """Take note of something, after what is noted already."""
        self.note = f"{self.note.removesuffix('.')}, {note}" if self.note else note

    def abort(self, note: str) -> None:
        """Take note that the answer is cut, and why."""
        self.outcome = Outcome.ABORTED
        self.tell(note)


class Sink(Protocol):
    """What sending needs to know of a connection."""

    wire: asyncio.Transport
    delivered: int  # bytes of bodies, ever
    has_stalled: bool
    gone: asyncio.Event  # The client has said its last word.


def write(wire: asyncio.Transport, block: bytes) -> None:
    """Write *block*.

    Raises:
        ConnectionResetError: the connection is closed.
    """
    if wire.is_closing():
        raise ConnectionResetError
    wire.write(block)


async def drain(incoming: web.BaseRequest) -> float:
    """Wait until the operating system has taken everything; give the seconds that took.

    Raises:
        ConnectionResetError: the connection was closed meanwhile.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    await incoming.writer.drain()
    if incoming.transport is None or incoming.transport.is_closing():
        raise ConnectionResetError
    return loop.time() - start

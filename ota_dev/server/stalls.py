"""The answers that stall on purpose at this moment: who looks can list them, and release them from any thread."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Lock

from ota_dev.catalog.safe_text import escape_control

__all__ = ["Stall", "Stalls"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stall:
    """One answer that stalls."""

    number: int  # unique in this server
    target: str  # what the client asked for; safe to show
    since: datetime
    sent: int  # bytes of body before it stalled


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    stall: Stall
    loop: asyncio.AbstractEventLoop
    end: asyncio.Timeout


class Stalls:
    """Holds answers until their time is over, their client is gone, or someone releases them."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._numbers = count(1)
        self._held: dict[int, _Held] = {}
        self._lock = Lock()
        self._subscribers: list[Callable[[], None]] = []

    def subscribe(self, subscriber: Callable[[], None]) -> None:
        """Call *subscriber* from now on whenever an answer begins to stall, or does so no more, on that loop."""
        self._subscribers.append(subscriber)

    @property
    def current(self) -> tuple[Stall, ...]:
        """Give the answers that stall now, the longest first."""
        with self._lock:
            return tuple(held.stall for held in self._held.values())

    def release(self, number: int | None = None) -> int:
        """Let the answer with this *number* go on, all of them without one; give how many are released.

        Safe to call from any thread.
        """
        with self._lock:
            released = {key: held for key, held in self._held.items() if number in (None, key)}
        for key, held in released.items():
            with suppress(RuntimeError):  # The loop is closed, so nothing stalls any more.
                held.loop.call_soon_threadsafe(self._end, key)
        return len(released)

    async def hold(self, target: str, sent: int, longest: timedelta | None, gone: asyncio.Event) -> None:
        """Return when *longest* is over, where there is one, or when someone releases this stall.

        Raises:
            ConnectionResetError: the client is *gone*.
        """
        stall = Stall(number=next(self._numbers), target=escape_control(target), since=self._now(), sent=sent)
        with suppress(TimeoutError):
            async with asyncio.timeout(None if longest is None else longest.total_seconds()) as end:
                with self._lock:
                    self._held[stall.number] = _Held(stall=stall, loop=asyncio.get_running_loop(), end=end)
                self._tell()
                try:
                    await gone.wait()
                finally:
                    self._forget(stall.number)
                raise ConnectionResetError

    def _end(self, number: int) -> None:
        held = self._forget(number)
        if held is not None and not held.end.expired():
            held.end.reschedule(0)

    def _forget(self, number: int) -> _Held | None:
        with self._lock:
            held = self._held.pop(number, None)
        if held is not None:
            self._tell()
        return held

    def _tell(self) -> None:
        for subscriber in self._subscribers:
            subscriber()

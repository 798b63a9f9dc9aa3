"""What happens, as it happens: events for pages and scripts, in the form of server-sent events (WHATWG HTML 9.2).

The latest events are kept, so that whoever comes back with `Last-Event-ID` misses none of those. An identifier names
the run of the server as well: after a restart all that is kept is new. Who may have missed some is told `changed`.
What only matters while it lasts is shown instead: the latest of it to whoever listens, and none of it is kept.
"""

import json
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from threading import Lock
from typing import NamedTuple

from ota_dev.server.waking import Waking

__all__ = ["Events"]

KEPT = 1_000
_PING = 15.0  # seconds without an event until a comment shows that the connection is alive
_LONGEST_NUMBER = 18  # digits
_MISSED = b'event: changed\ndata: {"what": "all"}\n\n'


class _Event(NamedTuple):
    number: int
    name: str
    data: str  # JSON on one line


class Events:
    """Keep the latest events and hand them to any number of streams; `add` may be called from any thread."""

    def __init__(self, run: str, kept: int = KEPT) -> None:
        """Begin; *run* tells this run of the server from every other."""
        self._run = run
        self._events: deque[_Event] = deque(maxlen=kept)
        self._number = 0
        self._shown: dict[str, tuple[int, bytes]] = {}  # by name: the number of the showing, and the event
        self._showings = 0
        self._listening: set[Waking] = set()
        self._lock = Lock()

    def add(self, name: str, data: Mapping[str, object]) -> None:
        """Tell everyone."""
        text = json.dumps(data)
        with self._lock:
            self._number += 1
            self._events.append(_Event(self._number, name, text))
            listening = tuple(self._listening)
        for waking in listening:
            waking.wake()

    def show(self, name: str, data: Mapping[str, object]) -> None:
        """Tell whoever listens now, in the place of what was shown under this *name* before."""
        with self._lock:
            if not self._listening:
                return
            self._showings += 1
            self._shown[name] = self._showings, f"event: {name}\ndata: {json.dumps(data)}\n\n".encode("ascii")
            listening = tuple(self._listening)
        for waking in listening:
            waking.wake()

    async def stream(self, last_seen: str | None = None) -> AsyncGenerator[bytes, None]:
        """Give events as they come, after what was *last_seen*; without that, only those to come."""
        waking = Waking()
        with self._lock:
            self._listening.add(waking)
            seen, seen_showing = self._beginning(last_seen), self._showings
        try:
            # The identifier alone makes who is cut off before the first event come back with it.
            yield f"retry: 1000\nid: {self._run}-{max(seen, 0)}\n\n".encode("ascii")
            while True:
                # First, since what is shown may be of a moment before the latest event.
                for showing, shown in self._shown_after(seen_showing):
                    seen_showing = showing
                    yield shown
                for event in self._after(seen):
                    if event.number > seen + 1:
                        yield _MISSED
                    seen = event.number
                    yield f"id: {self._run}-{seen}\nevent: {event.name}\ndata: {event.data}\n\n".encode("ascii")
                if seen < 0:  # Nothing happened since the restart but that.
                    seen = 0
                    yield _MISSED
                if not await waking.wait(_PING):
                    yield b": nothing new\n\n"
        finally:
            with self._lock:
                self._listening.discard(waking)

    def _beginning(self, last_seen: str | None) -> int:
        """Give the number of the last event that is not to be told; -1 for who saw another run of the server."""
        if last_seen is None:
            return self._number
        run, _, number = last_seen.rpartition("-")
        is_number = number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER
        return min(int(number), self._number) if run == self._run and is_number else -1

    def _shown_after(self, showing: int) -> list[tuple[int, bytes]]:
        with self._lock:
            return sorted(shown for shown in self._shown.values() if shown[0] > showing)

    def _after(self, number: int) -> tuple[_Event, ...]:
        with self._lock:
            return tuple(event for event in self._events if event.number > number)

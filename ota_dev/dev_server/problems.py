"""What is wrong now, for whoever shows it while it lasts. The only state is here; any thread may ask and report."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock

__all__ = ["Problems"]

MOST_KEPT = 1000  # of each room


class Problems:
    """Keep what is wrong, by the room that reports it; subscribers are told of every change."""

    def __init__(self) -> None:
        self._problems: dict[str, tuple[str, ...]] = {}
        self._subscribers: list[Callable[[], None]] = []
        self._lock = Lock()

    @property
    def current(self) -> tuple[str, ...]:
        """Give what is wrong, a sentence each, by the names of the rooms."""
        with self._lock:
            return tuple(sentence for room in sorted(self._problems) for sentence in self._problems[room])

    def report(self, room: str, sentences: Iterable[str]) -> None:
        """Take *sentences* for all that is wrong in *room* now, in the place of what was; none means all is well."""
        reported = tuple(dict.fromkeys(sentences))[:MOST_KEPT]
        with self._lock:
            if self._problems.get(room, ()) == reported:
                return
            self._problems[room] = reported
        for subscriber in self._subscribers:
            with suppress(Exception):  # The server must not suffer from who is watching it.
                subscriber()

    def subscribe(self, subscriber: Callable[[], None]) -> None:
        """Call *subscriber* from now on after every change, on the thread that reported it."""
        self._subscribers.append(subscriber)

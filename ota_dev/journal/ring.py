"""The latest exchanges, in memory, and whoever wants to hear of each."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from ota_dev.journal.exchanges import Exchange

__all__ = ["Journal"]

Subscriber = Callable[[Exchange], None]


class Journal:
    """Keep the latest exchanges and tell subscribers of each new one; safe to use from any thread.

    Subscribers are called in the thread that records, in the order they subscribed. What one raises is dropped: the
    server must not suffer from who is watching it.
    """

    def __init__(self, capacity: int = 1000) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=capacity)
        self._recorded = 0
        self._subscribers: dict[object, Subscriber] = {}
        self._lock = Lock()

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Give the exchanges kept, oldest first."""
        with self._lock:
            return tuple(self._exchanges)

    @property
    def dropped(self) -> int:
        """Give how many exchanges were recorded and are no longer kept."""
        with self._lock:
            return self._recorded - len(self._exchanges)

    def record(self, exchange: Exchange) -> None:
        """Keep *exchange*, drop the oldest if there are too many, and tell the subscribers."""
        with self._lock:
            self._exchanges.append(exchange)
            self._recorded += 1
            subscribers = tuple(self._subscribers.values())
        for tell in subscribers:
            with suppress(Exception):
                tell(exchange)

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call *subscriber* with each exchange from now on; call the result to stop that, once or more often."""
        subscription = object()
        with self._lock:
            self._subscribers[subscription] = subscriber

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers.pop(subscription, None)

        return unsubscribe

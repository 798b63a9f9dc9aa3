"""The latest exchanges, in memory, those still on their way, and whoever wants to hear of each."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Condition

from ota_dev.journal.exchanges import Exchange
from ota_dev.journal.transfers import Transfer

__all__ = ["Journal"]

Subscriber = Callable[[Exchange], None]


class Journal:
    """Keep the latest exchanges and tell subscribers of each new one; safe to use from any thread.

    Subscribers are called in the thread that records, in the order they subscribed. What one raises is dropped: the
    server must not suffer from who is watching it.
    """

    def __init__(self, capacity: int = 1000) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=capacity)
        self._ongoing: tuple[Transfer, ...] = ()
        self._recorded = 0
        self._cleared = 0  # exchanges that were forgotten on purpose
        self._subscribers: dict[object, Subscriber] = {}
        self._changed = Condition()

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Give the exchanges kept, oldest first."""
        with self._changed:
            return tuple(self._exchanges)

    @property
    def ongoing(self) -> tuple[Transfer, ...]:
        """Give what is still on its way, as it was a moment ago, the oldest first."""
        with self._changed:
            return self._ongoing

    @property
    def recorded(self) -> int:
        """Give how many exchanges there ever were, which is the number of the latest."""
        with self._changed:
            return self._recorded

    @property
    def dropped(self) -> int:
        """Give how many exchanges are no longer kept because there were too many."""
        with self._changed:
            return self._recorded - self._cleared - len(self._exchanges)

    def since(self, number: int) -> tuple[Exchange, ...]:
        """Give the exchanges kept with a higher *number*, oldest first."""
        with self._changed:
            return self._after(number)

    def follow(self, ongoing: tuple[Transfer, ...]) -> None:
        """Take note of what is on its way now, in the place of what was."""
        with self._changed:
            self._ongoing = ongoing

    def record(self, exchange: Exchange) -> None:
        """Number and keep *exchange*, drop the oldest if there are too many, and tell the subscribers.

        It is not on its way any more, and nobody sees it as both.
        """
        with self._changed:
            self._recorded += 1
            exchange = replace(exchange, number=self._recorded)
            self._exchanges.append(exchange)
            if exchange.transfer:
                self._ongoing = tuple(each for each in self._ongoing if each.number != exchange.transfer)
            subscribers = tuple(self._subscribers.values())
            self._changed.notify_all()
        for tell in subscribers:
            with suppress(Exception):
                tell(exchange)

    def clear(self) -> None:
        """Forget the exchanges; numbers go on counting, so that nobody takes a new one for an old one."""
        with self._changed:
            self._cleared += len(self._exchanges)
            self._exchanges.clear()

    def wait_for(self, wanted: Callable[[Exchange], bool], *, timeout: timedelta, since: int = 0) -> Exchange | None:
        """Wait for the first exchange after number *since* that is *wanted*; `None` when none came in time."""
        seen = since
        with self._changed:

            def found() -> Exchange | None:
                nonlocal seen
                new = self._after(seen)
                seen = self._recorded
                return next(filter(wanted, new), None)

            return self._changed.wait_for(found, timeout.total_seconds())

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call *subscriber* with each exchange from now on; call the result to stop that, once or more often."""
        subscription = object()
        with self._changed:
            self._subscribers[subscription] = subscriber

        def unsubscribe() -> None:
            with self._changed:
                self._subscribers.pop(subscription, None)

        return unsubscribe

    def _after(self, number: int) -> tuple[Exchange, ...]:
        new = min(max(self._recorded - number, 0), len(self._exchanges))
        return tuple(self._exchanges)[len(self._exchanges) - new :] if new else ()

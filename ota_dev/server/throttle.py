"""When bytes may leave so that a whole transfer holds a rate. Pure: the time is handed in."""

__all__ = ["Throttle"]

# Often enough that a client that measures for a second sees the rate, seldom enough for hundreds of them on one loop.
_BLOCK_SECONDS = 0.05
_LARGEST_BLOCK = 64 * 1024
# Lateness that is made up for: timers are coarse, and the loop has others to serve. A client that takes nothing for
# longer must not get it all at once afterwards.
_CREDIT = 0.25  # seconds


class Throttle:
    """A plan by which bytes leave at *rate* per second, of which none has left at *now*.

    Times are in seconds of any clock that only goes forward. Blocks leave when their last byte is due, so that any
    number of bytes takes its time, and no transfer begins with a burst.
    """

    def __init__(self, rate: int, now: float) -> None:
        self._rate = rate
        self._due = now

    @property
    def block_size(self) -> int:
        """Give the number of bytes that best leave together."""
        return max(1, min(_LARGEST_BLOCK, int(self._rate * _BLOCK_SECONDS)))

    def wait(self, length: int, now: float) -> float:
        """Plan the next *length* bytes; give the seconds until they may leave."""
        self._due = max(self._due, now - _CREDIT) + length / self._rate
        return max(0.0, self._due - now)

"""How far a transfer was at which time: a few samples of it, however long it takes, and its rate of late. Pure."""

from collections import deque
from typing import NamedTuple

__all__ = ["MOST_SAMPLES", "Sample", "Samples"]

MOST_SAMPLES = 60
_RECENT = 16  # samples, of which there are eight a second: short enough that a stall shows soon


class Sample(NamedTuple):
    """How far a transfer was at one time."""

    seconds: float  # since the request came
    sent: int  # bytes of body until then


class Samples:
    """What is kept of one transfer; when it becomes too much, every other sample goes."""

    def __init__(self) -> None:
        self._kept = [Sample(0.0, 0)]
        self._recent = deque(self._kept, _RECENT)
        self._seen, self._step = 0, 1  # every so many of those that are added are kept

    @property
    def rate(self) -> float:
        """Give the bytes per second of late; 0 before there is anything to tell it by."""
        first, last = self._recent[0], self._recent[-1]
        return (last.sent - first.sent) / (last.seconds - first.seconds) if last.seconds > first.seconds else 0.0

    def add(self, seconds: float, sent: int) -> None:
        """Add one, at regular times and later than the one before."""
        sample = Sample(seconds, sent)
        self._recent.append(sample)
        self._seen += 1
        if self._seen % self._step:
            return
        self._kept.append(sample)
        if len(self._kept) == MOST_SAMPLES:
            del self._kept[1::2]
            self._step *= 2

    def until(self, seconds: float, sent: int) -> tuple[Sample, ...]:
        """Give what is kept, and where the transfer is now as the last; `MOST_SAMPLES` at most."""
        return (*self._kept, Sample(seconds, sent))

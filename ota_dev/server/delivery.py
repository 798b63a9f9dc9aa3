"""How an answer travels: late, slowly, not to its end, or not at all. Pure: the adapter performs what is described.

Every count of bytes is of the body that is sent, so for a range it begins at the range's first byte.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

__all__ = ["UNDISTURBED", "Delivery", "Ending"]


class Ending(StrEnum):
    """How a connection ends before the answer does."""

    CLOSE = "close"  # in order: the client receives all that was sent, then the end
    RESET = "reset"  # with an error, as from a router that lost track


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """How one answer is disturbed on its way; without arguments, not at all."""

    latency: timedelta = timedelta()  # before the head of the answer
    rate: int | None = None  # bytes of body per second, at least 1; `None`: as quickly as the client takes them
    stall_after: int | None = None  # bytes of body, after which nothing moves; `None`: no stall
    stall_for: timedelta | None = None  # `None`: until the stall is released
    ending_after: int | None = None  # bytes of body, after which the connection ends; beyond the body: not at all
    ending: Ending = Ending.CLOSE
    is_silent: bool = False  # The connection ends without one byte of an answer.

    def __post_init__(self) -> None:
        if self.rate is not None and self.rate < 1:
            raise ValueError("a delivery without a rate has `None`; a stall is what moves nothing")

    def with_(self, other: "Delivery") -> "Delivery":
        """Give both disturbances at once, in whichever order they are combined.

        Latencies add up, and the lower rate holds. What comes first happens: the earlier stall, and the earlier
        ending, of which silence is the earliest. Of two stalls at one place the longer holds, of two endings the reset.
        """
        stall = max(self, other, key=_stall_order)
        return Delivery(
            latency=self.latency + other.latency,
            rate=_least(self.rate, other.rate),
            stall_after=stall.stall_after,
            stall_for=stall.stall_for,
            ending_after=_least(self.ending_after, other.ending_after),
            ending=max(self, other, key=_ending_order).ending,
            is_silent=self.is_silent or other.is_silent,
        )


UNDISTURBED = Delivery()


def _least(one: int | None, other: int | None) -> int | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _stall_order(delivery: Delivery) -> tuple[float, timedelta]:
    """Rank stalls: the greatest is the one that is noticed."""
    longest = timedelta.max if delivery.stall_for is None else delivery.stall_for
    return _earliness(delivery.stall_after), longest


def _ending_order(delivery: Delivery) -> tuple[float, bool]:
    """Rank endings: the greatest is the one that is noticed."""
    position = -1 if delivery.is_silent else delivery.ending_after
    return _earliness(position), delivery.ending is Ending.RESET


def _earliness(position: int | None) -> float:
    return float("-inf") if position is None else -position

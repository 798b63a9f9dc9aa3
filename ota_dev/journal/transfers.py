"""An exchange whose answer is still on its way, as a value. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.journal.exchanges import Exchange, described

__all__ = ["Transfer", "described_transfer"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """An answer on its way, as it was a moment ago."""

    so_far: Exchange  # without a number: it gets that when it ends, and keeps the one of its transfer
    rate: float = 0.0  # bytes of body per second of late

    @property
    def number(self) -> int:
        """Give what tells this transfer from every other; the exchange has it as its `transfer`."""
        return self.so_far.transfer

    @property
    def seconds_left(self) -> float | None:
        """Give how long the rest takes at this rate; `None` where nothing moves."""
        return (self.so_far.expected - self.so_far.sent) / self.rate if self.rate > 0 else None


def described_transfer(transfer: Transfer) -> Mapping[str, object]:
    """Give *transfer* as values that JSON can hold: those of its exchange, and how it goes on."""
    left = transfer.seconds_left
    going_on = {"rate": round(transfer.rate), "seconds_left": None if left is None else round(left, 1)}
    return {**described(transfer.so_far), **going_on}

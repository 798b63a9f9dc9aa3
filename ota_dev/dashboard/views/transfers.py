"""What is on its way to clients now, the oldest first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ota_dev.dashboard.state import StalledAnswer, State
from ota_dev.dashboard.views.bars import Bar, bar_of
from ota_dev.dashboard.views.exchanges import who_asks
from ota_dev.journal import Exchange, Transfer

__all__ = ["MOST_SHOWN", "TransferRow", "Transfers", "transfers_view"]

MOST_SHOWN = 50
_LONGEST_TOLD = 100 * 3600  # seconds; at such a rate nobody waits for the end


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferRow:
    """One answer on its way."""

    so_far: Exchange
    name: str
    who: str
    rate: float  # bytes per second of late
    seconds_left: float | None  # `None` where nobody can tell
    motion: str  # in a word: moving, stalled, or not_begun
    stall: int | None  # the number by which it is released, where it stalls on purpose
    bar: Bar | None

    @property
    def number(self) -> int:
        """Give the number of the transfer."""
        return self.so_far.transfer


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfers:
    """All that is on its way."""

    rows: tuple[TransferRow, ...]
    left_out: int


def transfers_view(state: State) -> Transfers:
    """List the transfers of *state*."""
    rows = tuple(_row(transfer, state.stalls) for transfer in state.ongoing[:MOST_SHOWN])
    return Transfers(rows=rows, left_out=len(state.ongoing) - len(rows))


def _row(transfer: Transfer, stalls: Sequence[StalledAnswer]) -> TransferRow:
    so_far, stall = transfer.so_far, _stall_of(transfer.so_far, stalls)
    left = transfer.seconds_left
    return TransferRow(
        so_far=so_far,
        name=so_far.subject.name if so_far.subject and so_far.subject.name else so_far.target,
        who=who_asks(so_far.client),
        rate=0.0 if stall else transfer.rate,
        seconds_left=None if stall or left is None or left > _LONGEST_TOLD else left,
        motion=_motion(transfer, stall),
        stall=stall.number if stall else None,
        bar=bar_of(so_far),
    )


def _motion(transfer: Transfer, stall: StalledAnswer | None) -> str:
    if transfer.rate and not stall:
        return "moving"
    return "stalled" if stall or transfer.so_far.sent else "not_begun"


def _stall_of(so_far: Exchange, stalls: Sequence[StalledAnswer]) -> StalledAnswer | None:
    """Find what holds an answer: of two that stall at the same byte of the same file, either may go on first."""
    return next((stall for stall in stalls if (stall.target, stall.sent) == (so_far.target, so_far.sent)), None)

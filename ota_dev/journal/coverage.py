"""Which bytes of one file a client was sent, over several requests. Pure."""

from dataclasses import dataclass, field

from ota_dev.journal.exchanges import Exchange

__all__ = ["Coverage"]

MOST_PIECES = 1_000


@dataclass(slots=True)
class Coverage:
    """The union of what was sent, as runs of bytes that do not touch, in order."""

    _runs: list[tuple[int, int]] = field(default_factory=list)  # first byte, end

    def add(self, exchange: Exchange) -> None:
        """Add what the body of *exchange* brought; a body in several parts says not which, and adds nothing."""
        subject = exchange.subject
        if subject is None or subject.first is None or not exchange.sent or len(self._runs) >= MOST_PIECES:
            return
        if exchange.status == 200:
            self._runs.clear()  # A client that asks for the whole begins anew.
        first, end = subject.first, subject.first + exchange.sent
        apart = [run for run in self._runs if run[1] < first or run[0] > end]
        touched = [run for run in self._runs if run not in apart]
        whole = (min([first, *(run[0] for run in touched)]), max([end, *(run[1] for run in touched)]))
        self._runs = sorted([*apart, whole])

    def part_of(self, total: int) -> float:
        """Give the part of *total* bytes that was sent, from 0 to 1."""
        sent = sum(min(end, total) - first for first, end in self._runs if first < total)
        return sent / total if total else 1.0

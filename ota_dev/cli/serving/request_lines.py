"""What `serve` says of each request, as a line of text in columns. Pure.

Every name that comes from a client is escaped before it is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ota_dev.catalog.readable_size import readable_size
from ota_dev.cli.console import printable
from ota_dev.journal import Exchange, Outcome

__all__ = ["exchange_line"]

# Columns of a terminal, each with the gap beside it.
TIME_WIDTH = 10
STATUS_WIDTH = 12  # with the method
NUMBERS_WIDTH = 19  # the size and the duration
OFFER_WIDTH = 24  # with versions of usual length


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """How wide the columns are that vary, and what becomes of texts that are longer."""

    who: int = 20
    target: int = 24
    fit: Callable[[str, int], str] = str.ljust
    fit_target: Callable[[str, int], str] = str.ljust


def exchange_line(exchange: Exchange, width: int | None = None) -> str:
    """Say who asked what, and what became of it: in one line, or folded to a terminal of *width* columns."""
    if width is None:
        return "  ".join(_cells(exchange, Columns()))
    from ota_dev.cli.serving.folding import fold_cells

    return fold_cells(_cells(exchange, _columns_within(width)), width, TIME_WIDTH)


def _columns_within(width: int) -> Columns:
    """Give all that finds a place on one line its column; the rest goes below."""
    from ota_dev.cli.serving.folding import fit, fit_target

    who = 20 if width >= 120 else 16
    beside = STATUS_WIDTH + (NUMBERS_WIDTH if width >= 72 else 0) + (OFFER_WIDTH if width >= 100 else 0)
    target = min(max(width - TIME_WIDTH - who - beside, 12), 60)
    return Columns(who=who, target=target, fit=fit, fit_target=fit_target)


def _cells(exchange: Exchange, columns: Columns) -> list[str]:
    target = columns.fit_target(printable(exchange.target), columns.target)
    cells = [
        exchange.started.astimezone().strftime("%H:%M:%S"),
        columns.fit(printable(_who(exchange)), columns.who),
        f"{exchange.method:<4} {target}",
        str(exchange.status),
        f"{readable_size(exchange.sent):>8}",
        f"{exchange.duration.total_seconds() * 1000:>4.0f} ms",
        exchange.offered,
        f"[{', '.join(exchange.in_force)}]" if exchange.in_force else "",
        f"aborted at {int(exchange.completion * 100)}%" if exchange.outcome is Outcome.ABORTED else "",
        f"({exchange.note})" if exchange.note else "",
    ]
    return [printable(cell) for cell in cells if cell]


def _who(exchange: Exchange) -> str:
    client = exchange.client
    name, version = (client.app, client.version) if client.app else (client.family, client.family_version)
    return f"{name} {version or ''}".strip()

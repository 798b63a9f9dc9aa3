"""One request with everything that is known of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.dashboard.state import State
from ota_dev.dashboard.views.exchanges import ExchangeRow, row_of
from ota_dev.journal import Exchange

__all__ = ["ExchangeDetail", "exchange_view"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeDetail:
    """A request and its answer."""

    row: ExchangeRow
    earlier: int | None  # the number of the request before it that is kept
    later: int | None

    @property
    def exchange(self) -> Exchange:
        """Give the exchange."""
        return self.row.exchange


def exchange_view(state: State, query: Mapping[str, str]) -> ExchangeDetail | None:
    """Find the exchange whose `number` is in *query*; `None` when it is not kept."""
    numbers = [str(each.number) for each in state.exchanges]
    if (wanted := query.get("number", "")) not in numbers:
        return None
    place = numbers.index(wanted)
    return ExchangeDetail(
        row=row_of(state.exchanges[place]),
        earlier=state.exchanges[place - 1].number if place else None,
        later=state.exchanges[place + 1].number if place + 1 < len(numbers) else None,
    )

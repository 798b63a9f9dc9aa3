"""One request with everything that is known of it, also while its answer is on its way. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ota_dev.dashboard.state import State
from ota_dev.dashboard.views.bars import Bar, bar_of
from ota_dev.dashboard.views.exchanges import ExchangeRow, row_of
from ota_dev.dashboard.views.throughput import Plot, plot_of
from ota_dev.dashboard.views.transfers import TransferRow, transfers_view
from ota_dev.dashboard.views.verdict import Verdict, verdict_of
from ota_dev.dashboard.views.wire import curl_command, raw_request, raw_response
from ota_dev.journal import Exchange

__all__ = ["ExchangeDetail", "exchange_view"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeDetail:
    """A request and its answer."""

    row: ExchangeRow
    earlier: int | None  # the number of the request before it that is kept
    later: int | None
    ongoing: TransferRow | None  # while it is on its way
    bar: Bar | None  # of the file, where the answer is one
    plot: Plot | None
    raw_request: str
    raw_response: str
    curl: str
    verdict: Verdict | None  # what the client that asked makes of the feed, as far as that is known

    @property
    def exchange(self) -> Exchange:
        """Give the exchange."""
        return self.row.exchange


def exchange_view(state: State, query: Mapping[str, str]) -> ExchangeDetail | None:
    """Find the exchange with the `number` or the `transfer` in *query*; `None` when it is neither kept nor going on."""
    if transfer := query.get("transfer", ""):
        found = _place(state, lambda each: bool(each.transfer) and str(each.transfer) == transfer)
        return _kept(state, found) if found is not None else _ongoing(state, transfer)
    found = _place(state, lambda each: str(each.number) == query.get("number", ""))
    return _kept(state, found) if found is not None else None


def _place(state: State, is_wanted: Callable[[Exchange], bool]) -> int | None:
    return next((place for place, each in enumerate(state.exchanges) if is_wanted(each)), None)


def _kept(state: State, place: int) -> ExchangeDetail:
    exchanges = state.exchanges
    return _detail(
        state,
        exchanges[place],
        earlier=exchanges[place - 1].number if place else None,
        later=exchanges[place + 1].number if place + 1 < len(exchanges) else None,
    )


def _ongoing(state: State, transfer: str) -> ExchangeDetail | None:
    rows = transfers_view(state).rows
    row = next((row for row in rows if str(row.number) == transfer), None)
    return _detail(state, row.so_far, ongoing=row) if row else None


def _detail(
    state: State,
    exchange: Exchange,
    *,
    earlier: int | None = None,
    later: int | None = None,
    ongoing: TransferRow | None = None,
) -> ExchangeDetail:
    return ExchangeDetail(
        row=row_of(exchange),
        earlier=earlier,
        later=later,
        ongoing=ongoing,
        bar=bar_of(exchange),
        plot=plot_of(exchange.samples),
        raw_request=raw_request(exchange),
        raw_response=raw_response(exchange),
        curl=curl_command(exchange, state.url),
        verdict=verdict_of(state, exchange.client),
    )

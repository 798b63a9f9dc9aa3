"""The list of requests: the latest that pass the filter, newest first. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ota_dev.dashboard.state import State
from ota_dev.dashboard.views.filtering import RequestFilter
from ota_dev.journal import Client, Exchange, Outcome

__all__ = ["MOST_ROWS", "ExchangeRow", "Exchanges", "exchanges_view", "result_of", "row_of", "who_asks"]

MOST_ROWS = 100  # on the page at once: more of them delay the first paint


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeRow:
    """One request on one line."""

    exchange: Exchange
    who: str
    result: str  # the name of what the status means, which is also told by a sign: ok, moved, refused, failed, aborted

    @property
    def number(self) -> int:
        """Give the number of the exchange."""
        return self.exchange.number


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchanges:
    """The list."""

    rows: tuple[ExchangeRow, ...]  # newest first
    left_out: int  # that are kept and pass the filter, but are older than what the page shows
    latest: int  # the number of the latest exchange of all: what came before is on the page, or does not pass
    kept: int
    dropped: int
    filter: RequestFilter
    export_url: str
    is_continuation: bool  # these rows come on top of others


def exchanges_view(state: State, query: Mapping[str, str]) -> Exchanges:
    """List the exchanges after `since` that pass the filter in *query*."""
    wanted = RequestFilter.of(query)
    since = _number(query.get("since", ""))
    passing = [each for each in state.exchanges if wanted.lets(each)]
    shown = [each for each in passing[-MOST_ROWS:] if each.number > since]
    return Exchanges(
        rows=tuple(map(row_of, reversed(shown))),
        left_out=max(len(passing) - MOST_ROWS, 0),
        latest=state.exchanges[-1].number if state.exchanges else since,
        kept=len(state.exchanges),
        dropped=state.dropped,
        filter=wanted,
        export_url=f"/_ota/dashboard/export?{urlencode(wanted.query)}" if wanted.query else "/_ota/dashboard/export",
        is_continuation="since" in query,
    )


def row_of(exchange: Exchange) -> ExchangeRow:
    """Put one exchange on a line."""
    return ExchangeRow(exchange=exchange, who=who_asks(exchange.client), result=result_of(exchange))


def who_asks(client: Client) -> str:
    """Name a client by its app, else by what it is."""
    name, version = (client.app, client.version) if client.app else (client.family, client.family_version)
    return f"{name} {version or ''}".strip()


def result_of(exchange: Exchange) -> str:
    """Give the name of what became of an exchange, as `ExchangeRow.result`."""
    if exchange.outcome is Outcome.ABORTED:
        return "aborted"
    if exchange.status >= 500:
        return "failed"
    if exchange.status >= 400:
        return "refused"
    return "moved" if 300 <= exchange.status != 304 else "ok"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0

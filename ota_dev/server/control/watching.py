"""The routes that show what the server offers, what clients asked, and what is on its way. They change nothing."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Final

from ota_dev import __version__
from ota_dev.journal import Exchange, Journal, described, described_transfer, sessions_of
from ota_dev.publishing import LivePublication, Publication
from ota_dev.server.control.events import Events
from ota_dev.server.control.filtering import ExchangeFilter
from ota_dev.server.control.interface import Routes, refused
from ota_dev.server.control.reading import read_duration, read_number
from ota_dev.server.messages import Request, Response, StreamBody
from ota_dev.server.waking import Waking

__all__ = ["Watching"]

MOST_ANSWERED = 1_000  # exchanges in one answer
WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(minutes=10)


class Watching:
    """Show what is on offer, the exchanges, and the events as they happen."""

    def __init__(self, live: LivePublication, journal: Journal, events: Events) -> None:
        self._live, self._journal, self._events = live, journal, events

    @property
    def routes(self) -> Routes:
        """Give the routes."""
        return {
            ("GET", "state"): self._state,
            ("GET", "requests"): self._requests,
            ("GET", "requests/{number}"): self._request,
            ("GET", "transfers"): self._transfers,
            ("GET", "transfers/{number}"): self._transfer,
            ("GET", "clients"): self._clients,
            ("GET", "wait"): self._wait,
            ("GET", "events"): self._stream,
        }

    async def _state(self, request: Request) -> Response:
        journal, current = self._journal, self._live.current
        requests = {"latest": journal.recorded, "kept": len(journal.exchanges), "dropped": journal.dropped}
        state = {"version": __version__, "url": request.origin, **_on_offer(current), "requests": requests}
        return Response.json(200, state)

    async def _requests(self, request: Request) -> Response:
        """Give the first exchanges after `since`, so that whoever reads on misses none."""
        wanted = ExchangeFilter.of(request.query, ("limit",))
        limit = min(read_number(request.query, "limit", MOST_ANSWERED), MOST_ANSWERED)
        found = [exchange for exchange in self._journal.since(wanted.since) if wanted.lets(exchange)]
        answer = {
            "requests": [described(exchange) for exchange in found[:limit]],
            "has_more": len(found) > limit,
            "latest": self._journal.recorded,
        }
        return Response.json(200, answer)

    async def _request(self, request: Request) -> Response:
        number = _number_in(request.path)
        for exchange in self._journal.since(max(number - 1, 0))[:1]:
            if exchange.number == number:
                return Response.json(200, {**described(exchange), **_details(exchange)})
        return refused(404, f"Request {number} is not kept: it has not come yet, or is too long ago.")

    async def _transfers(self, _: Request) -> Response:
        return Response.json(200, {"transfers": list(map(described_transfer, self._journal.ongoing))})

    async def _transfer(self, request: Request) -> Response:
        number = _number_in(request.path)
        for transfer in self._journal.ongoing:
            if transfer.number == number:
                return Response.json(200, {**described_transfer(transfer), **_details(transfer.so_far)})
        return refused(404, f"Transfer {number} is not on its way: it has ended, or there was none.")

    async def _clients(self, _: Request) -> Response:
        sessions = sessions_of(self._journal.exchanges)
        return Response.json(200, {"clients": [asdict(session) for session in sessions]})

    async def _wait(self, request: Request) -> Response:
        wanted = ExchangeFilter.of(request.query, ("timeout",))
        longest = read_duration(request.query, "timeout", LONGEST_WAIT)
        # A stream, since that ends at once with its client or the server.
        answer = StreamBody(open=partial(self._found, wanted, WAIT if longest is None else longest))
        return Response(status=200, headers={"Content-Type": "application/json; charset=utf-8"}, body=answer)

    async def _found(self, wanted: ExchangeFilter, longest: timedelta) -> AsyncGenerator[bytes, None]:
        exchange = await _next_exchange(self._journal, wanted, longest.total_seconds())
        answer = Response.json(200, {"request": described(exchange) if exchange else None})
        yield answer.body if isinstance(answer.body, bytes) else b""

    async def _stream(self, request: Request) -> Response:
        body = StreamBody(open=partial(self._events.stream, request.headers.get("last-event-id")))
        return Response(status=200, headers={"Content-Type": "text/event-stream"}, body=body)


def _on_offer(publication: Publication | None) -> Mapping[str, object]:
    if publication is None:
        return {"revision": None, "apps": [], "skipped": [], "notices": []}
    apps = [
        {"key": app.key, "name": app.name, "newest": app.newest.short_version.text if app.newest else None}
        for app in publication.catalog.apps
    ]
    skipped = [{"name": entry.name, "reason": entry.reason} for entry in publication.skipped]
    return {
        "revision": publication.revision,
        "apps": apps,
        "skipped": skipped,
        "notices": list(publication.notices),
    }


def _number_in(path: str) -> int:
    return read_number({"number": path.rpartition("/")[2]}, "number")


def _details(exchange: Exchange) -> Mapping[str, object]:
    """Give what is too much for a list."""
    return {
        "request_headers": exchange.request_headers,
        "response_headers": exchange.response_headers,
        "samples": [(round(sample.seconds, 3), sample.sent) for sample in exchange.samples],
    }


async def _next_exchange(journal: Journal, wanted: ExchangeFilter, longest: float) -> Exchange | None:
    """Give the first exchange that is wanted, among those kept or those to come within *longest* seconds."""
    waking, clock = Waking(), asyncio.get_running_loop().time
    deadline, seen = clock() + longest, wanted.since
    unsubscribe = journal.subscribe(waking.wake)
    try:
        while True:
            for exchange in journal.since(seen):
                seen = exchange.number
                if wanted.lets(exchange):
                    return exchange
            if clock() >= deadline:
                return None
            await waking.wait(deadline - clock())
    finally:
        unsubscribe()

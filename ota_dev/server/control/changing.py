"""The routes that change the server: what is expected, what stalls, what is remembered, and another look at the folder.

Whatever changes is told to those who listen to the events.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

from ota_dev.catalog.expectations import Expectation
from ota_dev.errors import UsageError
from ota_dev.journal import Journal, Result, judge
from ota_dev.publishing import LivePublication
from ota_dev.scenarios.expectations import parse_expectation
from ota_dev.server.control.events import Events
from ota_dev.server.control.interface import Routes
from ota_dev.server.control.reading import read_duration, read_number, read_object, read_text
from ota_dev.server.messages import Request, Response
from ota_dev.server.stalls import Stalls

__all__ = ["Changing"]

_LONGEST_RETRY = timedelta(days=1)


class Changing:
    """Change the server; *rescan* publishes the folder again, and *resets* bring back what other rooms changed."""

    def __init__(
        self,
        live: LivePublication,
        journal: Journal,
        events: Events,
        stalls: Stalls,
        *,
        rescan: Callable[[], None],
        resets: Iterable[Callable[[], None]] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._live, self._journal, self._events, self._stalls = live, journal, events, stalls
        self._rescan_folder, self._resets, self._now = rescan, tuple(resets), now
        self._expectation: Expectation | None = None
        self._expected_since = 0  # the number of the last exchange before
        stalls.subscribe(lambda: events.add("changed", {"what": "stalls"}))

    @property
    def routes(self) -> Routes:
        """Give the routes."""
        return {
            ("GET", "expectation"): self._judged,
            ("POST", "expectation"): self._expect,
            ("GET", "stalls"): self._stalled,
            ("POST", "stalls/release"): self._release,
            ("POST", "requests/clear"): self._clear,
            ("POST", "rescan"): self._rescan,
            ("POST", "reset"): self._reset,
        }

    @property
    def judged(self) -> tuple[Expectation, Result] | None:
        """Give what is expected and what became of that until now; safe to call from any thread."""
        if (expected := self._expectation) is None:
            return None
        return expected, judge(expected, self._journal.since(self._expected_since), self._now())

    async def _judged(self, _: Request) -> Response:
        if (judged := self.judged) is None:
            return Response.json(200, {"expect": None, "within": None, "since": None, "result": None})
        expected, result = judged
        answer = {
            "expect": expected.of_client.value,
            "within": f"{expected.within.total_seconds():g}s",
            "since": self._expected_since,
            "result": asdict(result),
        }
        return Response.json(200, answer)

    async def _expect(self, request: Request) -> Response:
        posted = read_object(request, ("expect", "within"))
        if "expect" not in posted:
            raise UsageError("expect is missing: give an expectation, or null for none")
        text, within = read_text(posted, "expect"), read_duration(posted, "within", _LONGEST_RETRY)
        self._expectation = None if text is None else parse_expectation(text)
        if self._expectation and within:
            self._expectation = replace(self._expectation, within=within)
        self._expected_since = self._journal.recorded
        self._events.add("changed", {"what": "expectation"})
        return await self._judged(request)

    async def _stalled(self, _: Request) -> Response:
        stalls = [{**asdict(stall), "since": stall.since.isoformat()} for stall in self._stalls.current]
        return Response.json(200, {"stalls": stalls})

    async def _release(self, request: Request) -> Response:
        posted = read_object(request, ("number",))
        number = None if posted.get("number") is None else read_number(posted, "number")
        return Response.json(200, {"released": self._stalls.release(number)})

    async def _clear(self, request: Request) -> Response:
        read_object(request, ())
        return self._cleared()

    async def _rescan(self, request: Request) -> Response:
        read_object(request, ())
        await asyncio.to_thread(self._rescan_folder)
        current = self._live.current
        return Response.json(200, {"revision": current.revision if current else None})

    async def _reset(self, request: Request) -> Response:
        read_object(request, ())
        self._expectation = None
        self._stalls.release()
        for reset in self._resets:
            reset()
        self._events.add("changed", {"what": "all"})
        return self._cleared()

    def _cleared(self) -> Response:
        """Forget the exchanges, and give the number after which new ones come."""
        self._journal.clear()
        self._events.add("cleared", {})
        return Response.json(200, {"latest": self._journal.recorded})

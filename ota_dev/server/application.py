"""What becomes of a request: a function from request value to response value, with the guard before every route.

Which path is for what is the business of `routing`; here are the conditions under which it is answered.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from ota_dev.catalog.resources import Resource
from ota_dev.errors import UsageError
from ota_dev.journal import asking_client
from ota_dev.publishing import LivePublication, Publication
from ota_dev.scenarios.faults import Asked, FaultsInForce, Struck
from ota_dev.server.bending import Bending
from ota_dev.server.control import ControlApi
from ota_dev.server.disturbing import asked_by, bend_request, breaks_answer, breaks_feed, disturb, promises_of
from ota_dev.server.feed_making import FeedMaking
from ota_dev.server.guard import Guard
from ota_dev.server.in_force import Conditions, InForce
from ota_dev.server.index import answer_index
from ota_dev.server.messages import Request, Response
from ota_dev.server.routing import Routing
from ota_dev.server.waking import Waking

__all__ = ["Application"]

_Strike: TypeAlias = Callable[[FaultsInForce, Asked], tuple[Struck, ...]]

_WITH = re.compile(r"/with/([^/?]*)(?=/)")
_UNREADABLE = "The address of the request cannot be read: it must start with / and be percent-encoded UTF-8."


class Application:
    """Answer requests from the publication that is on offer at that moment.

    Feeds are as *making* says. Until the first publication is ready, what is asked of it waits for it, for *first_wait*
    at most, which is less than clients wait for an answer.
    """

    def __init__(
        self,
        live: LivePublication,
        making: FeedMaking,
        *,
        guard: Guard,
        conditions: Conditions | None = None,
        bending: Bending | None = None,
        control: ControlApi | None = None,
        first_wait: timedelta = timedelta(seconds=20),
    ) -> None:
        self._live = live
        self._feeds, self._signing = making.feeds, making.signing
        self._routing = Routing(making)
        self._guard = guard
        self._conditions = conditions or Conditions()
        self._bending = bending or Bending()
        self._control = control
        self._first_wait = first_wait.total_seconds()

    async def answer(self, request: Request) -> Response:
        """Answer one request; whoever takes the response closes it."""
        if (refusal := self._guard.refusal(request)) is not None:
            return refusal
        if request.is_for_control and self._control:
            return await self._control.answer(request)
        if request.method not in ("GET", "HEAD"):
            sentence = f"Only GET and HEAD are answered here, not {request.method}."
            return Response.plain(405, sentence, {"Allow": "GET, HEAD"})
        return await self._answer_client(request, FaultsInForce.for_request)

    async def preview(self, request: Request) -> Response:
        """Give what a GET would be answered, by the faults that strike every such request; none is counted."""
        return await self._answer_client(request, FaultsInForce.always_for)

    async def _answer_client(self, request: Request, strike: _Strike) -> Response:
        in_force = self._conditions.current
        try:
            if part := _WITH.match(request.address):
                in_force, request = self._conditions.under(part[1]), request.below(part[0])
        except UsageError as error:
            return Response.plain(400, error.sentence)
        if not request.path:
            return Response.plain(400, _UNREADABLE)
        response = await self._answer_under(in_force, request, strike)
        response = response.without_body() if request.method == "HEAD" else response
        return replace(response, base=request.base) if request.base else response

    async def _answer_under(self, in_force: InForce, request: Request, strike: _Strike) -> Response:
        resource = self._routing.resource_at(request.path)
        if resource is None or not in_force:
            return await self._answer(request, in_force)
        struck = strike(in_force.faults, asked_by(request, resource))
        request = bend_request(request, struck)
        response = self._disturbed(await self._answer(request, in_force, struck), request, in_force, struck)
        if resource is Resource.FEED and in_force.headers:
            response = replace(response, headers={**response.headers, **in_force.headers})
        is_broken = any(map(breaks_answer, struck)) or (resource is Resource.FEED and in_force.breaks_feeds)
        return replace(response, in_force=(*in_force.names, *(str(each.spec) for each in struck)), is_broken=is_broken)

    def _disturbed(self, response: Response, request: Request, in_force: InForce, struck: Sequence[Struck]) -> Response:
        change = partial(self._signing.changed, signing=in_force.signing) if self._signing else None
        return disturb(response, request, struck, change)

    async def _answer(self, request: Request, in_force: InForce, struck: Sequence[Struck] = ()) -> Response:
        if request.path == "/":
            return await self._index(request)
        if request.path == "/health":
            return self._health()
        if (feed := self._routing.signed_by(request)) is not None:
            return await self._signature(feed, in_force, struck)
        if self._routing.resource_at(request.path) is None:
            root = request.links_begin_with(None)
            return Response.plain(404, f"There is nothing at {request.path}; {root}/ lists what there is.")
        publication = self._live.current or await self._first_publication()
        if publication is None:
            sentence = "The folder is still being read for the first time; ask again in a few seconds."
            return Response.plain(503, sentence, {"Retry-After": "5"})
        if in_force.scenarios or struck:
            host = self._host_version(request)
            publication = await asyncio.to_thread(self._bending.bent, publication, in_force, struck, host)
        return await self._routing.answer(request, publication, in_force, promises_of(struck))

    async def _signature(self, feed: Request, in_force: InForce, struck: Sequence[Struck]) -> Response:
        """Sign what is answered to the request for *feed*."""
        if self._signing is None:
            return Response.plain(404, "Feeds are not signed here: start ota-dev with --sign or --key FILE.")
        response = await self._answer(feed, in_force, struck)
        # What is signed is the feed as clients get it: a broken one must fail for that and not for its signature.
        on_feed = in_force.faults.always_for(asked_by(feed, Resource.FEED))
        response = self._disturbed(response, feed, in_force, tuple(filter(breaks_feed, on_feed)))
        if not isinstance(response.body, bytes) or response.status != 200:
            return response
        signature = self._signing.sign(response.body, in_force.signing)
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        subject = replace(response.subject, resource=Resource.SIGNATURE) if response.subject else None
        return Response(status=200, headers=headers, body=signature.encode("ascii"), subject=subject)

    def _host_version(self, request: Request) -> str | None:
        """Give what the app that asks says it is: in the query, in its name or in the feed's own address."""
        client = asking_client(request.headers.get("user-agent") or "", request.query)
        address = self._routing.feed_at(request.path)
        return request.query.get("host") or client.version or (address.said.host_version if address else None)

    async def _index(self, request: Request) -> Response:
        if self._control and (answer := await self._control.home(request)):
            return answer
        return answer_index(request, self._live.current, self._feeds.values(), self._routing.api_paths)

    def _health(self) -> Response:
        current = self._live.current
        health = {"status": "ok" if current else "starting", "revision": current.revision if current else None}
        return Response.json(200, health)

    async def _first_publication(self) -> Publication | None:
        # The publisher's thread sets the future. It is not awaited itself: who gives up waiting would cancel it.
        waking = Waking()
        self._live.first.add_done_callback(waking.wake)
        await waking.wait(self._first_wait)
        return self._live.current

"""Which URL answers what: a function from request value to response value, with the guard before every route."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from ota_dev.catalog.resources import Resource
from ota_dev.errors import UsageError
from ota_dev.feeds.interface import Feed
from ota_dev.journal import asking_client
from ota_dev.publishing import STATIC_FEED, LivePublication, Publication, PublishedFile
from ota_dev.scenarios.faults import Asked, FaultsInForce, Struck
from ota_dev.server.bending import Bending
from ota_dev.server.control import ControlApi
from ota_dev.server.disturbing import asked_by, bend_request, breaks_answer, breaks_feed, disturb
from ota_dev.server.downloads import answer_download
from ota_dev.server.feeds import Feeds
from ota_dev.server.guard import Guard
from ota_dev.server.in_force import Conditions, InForce
from ota_dev.server.index import answer_index
from ota_dev.server.messages import Request, Response
from ota_dev.server.notes import answer_notes
from ota_dev.server.static_feeds import StaticFeeds
from ota_dev.server.update_check import UpdateCheck
from ota_dev.server.waking import Waking

if TYPE_CHECKING:
    from ota_dev.server.missigning import FeedSigning

__all__ = ["Application"]

_Strike: TypeAlias = Callable[[FaultsInForce, Asked], tuple[Struck, ...]]

_SIGNATURE = ".signature"

_DOWNLOADS = "/downloads/"
_NOTES = "/notes/"
_WITH = re.compile(r"/with/([^/?]*)(?=/)")
_UNREADABLE = "The address of the request cannot be read: it must start with / and be percent-encoded UTF-8."


class Application:
    """Answer requests from the publication that is on offer at that moment.

    *feeds* gives the file name of each feed, such as `appcast.xml`, and what renders it; *sha256_of* reads the digest
    of a file, or remembers it. Until the first publication is ready, what is asked of it waits for it, for *first_wait*
    at most, which is less than clients wait for an answer.
    """

    def __init__(
        self,
        live: LivePublication,
        feeds: Mapping[str, Feed],
        *,
        guard: Guard,
        sha256_of: Callable[[PublishedFile], Future[str | None]],
        base_url: str | None = None,
        links_notes: bool = False,
        signing: "FeedSigning | None" = None,
        conditions: Conditions | None = None,
        bending: Bending | None = None,
        control: ControlApi | None = None,
        first_wait: timedelta = timedelta(seconds=20),
    ) -> None:
        self._live = live
        self._feeds = Feeds(feeds, base_url, links_notes=links_notes, signing=signing)
        self._static_feeds = StaticFeeds(base_url, signing.sign_whole if signing else None)
        self._update_check = UpdateCheck(sha256_of, base_url)
        self._guard = guard
        self._signing = signing
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
            return Response.plain(400, _sentence(error))
        if not request.path:
            return Response.plain(400, _UNREADABLE)
        response = await self._answer_under(in_force, request, strike)
        response = response.without_body() if request.method == "HEAD" else response
        return replace(response, base=request.base) if request.base else response

    async def _answer_under(self, in_force: InForce, request: Request, strike: _Strike) -> Response:
        resource = self._resource(request.path)
        if resource is None or not in_force:
            return await self._route(request, in_force)
        struck = strike(in_force.faults, asked_by(request, resource))
        request = bend_request(request, struck)
        response = self._disturbed(await self._route(request, in_force, struck), request, in_force, struck)
        if resource is Resource.FEED and in_force.headers:
            response = replace(response, headers={**response.headers, **in_force.headers})
        is_broken = any(map(breaks_answer, struck)) or (resource is Resource.FEED and in_force.breaks_feeds)
        return replace(response, in_force=(*in_force.names, *(str(each.spec) for each in struck)), is_broken=is_broken)

    def _disturbed(self, response: Response, request: Request, in_force: InForce, struck: Sequence[Struck]) -> Response:
        change = partial(self._signing.changed, signing=in_force.signing) if self._signing else None
        return disturb(response, request, struck, change)

    def _resource(self, path: str) -> Resource | None:
        """Say what a path is for, whether or not there is anything at it."""
        if path.startswith(_DOWNLOADS):
            return Resource.DOWNLOAD
        if path.startswith(_NOTES):
            return Resource.NOTES
        if path in self._update_check.paths or self._feeds.find(path):
            return Resource.FEED
        return Resource.SIGNATURE if self._feeds.find(path.removesuffix(_SIGNATURE)) else None

    async def _route(self, request: Request, in_force: InForce, struck: Sequence[Struck] = ()) -> Response:
        if request.path == "/":
            return await self._index(request)
        if request.path == "/health":
            return self._health()
        if _is_for_signature(request) and self._feeds.find(_signed_by(request).path):
            return await self._signature(request, in_force, struck)
        if self._resource(request.path) is None:
            root = request.links_begin_with(None)
            return Response.plain(404, f"There is nothing at {request.path}; {root}/ lists what there is.")
        publication = self._live.current or await self._first_publication()
        if publication is None:
            sentence = "The folder is still being read for the first time; ask again in a few seconds."
            return Response.plain(503, sentence, {"Retry-After": "5"})
        if in_force.scenarios or struck:
            host = (
                request.query.get("host")
                or asking_client(request.headers.get("user-agent") or "", request.query).version
            )
            publication = await asyncio.to_thread(self._bending.bent, publication, in_force, struck, host)
        return await self._published(request, publication, in_force)

    async def _signature(self, request: Request, in_force: InForce, struck: Sequence[Struck]) -> Response:
        """Answer NetSparkle, which looks for a feed's signature at the feed's whole address and `.signature`."""
        if self._signing is None:
            return Response.plain(404, "Feeds are not signed here: start ota-dev with --sign or --key FILE.")
        feed = _signed_by(request)
        response = await self._route(feed, in_force, struck)
        # What is signed is the feed as clients get it: a broken one must fail for that and not for its signature.
        on_feed = in_force.faults.always_for(asked_by(feed, Resource.FEED))
        response = self._disturbed(response, feed, in_force, tuple(filter(breaks_feed, on_feed)))
        if not isinstance(response.body, bytes) or response.status != 200:
            return response
        signature = self._signing.sign(response.body, in_force.signing)
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        subject = replace(response.subject, resource=Resource.SIGNATURE) if response.subject else None
        return Response(status=200, headers=headers, body=signature.encode("ascii"), subject=subject)

    async def _published(self, request: Request, publication: Publication, in_force: InForce) -> Response:
        if publication.static_feed and request.path == f"/{STATIC_FEED}":
            return await self._static_feeds.answer(request, publication.static_feed, publication.revision)
        if address := self._feeds.find(request.path):
            return await self._feeds.answer(request, address, publication, in_force)
        if request.path in self._update_check.paths:
            return await self._update_check.answer(request, publication)
        # Found by look-up: a name never becomes a path, so there is nothing to escape from.
        if request.path.startswith(_NOTES):
            page = request.path.removeprefix(_NOTES)
            note = publication.notes.get(page)
            return answer_notes(request, page, note) if note else Response.plain(404, f"There are no notes {page}.")
        name = request.path.removeprefix(_DOWNLOADS)
        published = publication.files.get(name)
        if published is None:
            return Response.plain(404, f"There is no installer {name} on offer.")
        return await _open_in_thread(request, name, published)

    async def _index(self, request: Request) -> Response:
        if self._control and (answer := await self._control.home(request)):
            return answer
        return answer_index(request, self._live.current, self._feeds.file_names, self._update_check.paths)

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


def _sentence(error: UsageError) -> str:
    text = str(error)
    return text if text.endswith("?") else f"{text}."


def _is_for_signature(request: Request) -> bool:
    """Say whether *request* may be for the signature of a feed; a query does not hide that."""
    return request.target.endswith(_SIGNATURE)


def _signed_by(request: Request) -> Request:
    """Give the request for the feed whose signature *request* asks for: every word of it but the ending."""
    return request.for_target(request.target.removesuffix(_SIGNATURE))


async def _open_in_thread(request: Request, name: str, published: PublishedFile) -> Response:
    """Answer from a thread, since a disk may be slow; when nobody waits any more, close what was opened."""
    answering = asyncio.create_task(asyncio.to_thread(answer_download, request, name, published))
    try:
        return await asyncio.shield(answering)
    except asyncio.CancelledError:
        answering.add_done_callback(_close_unwanted)
        raise


def _close_unwanted(answering: asyncio.Task[Response]) -> None:
    if not answering.cancelled() and answering.exception() is None:
        answering.result().close()

"""Feeds as answers: which app a URL asks for, and its feed, narrowed to what else the request says.

Knows no format by name: it is given a table of them. With several apps in the folder a feed without an app is refused
in plain text, since clients read an XML body as "no update". A feed that prints digests waits for those of the
installers that it offers, and no other feed does.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.grouping import normalise
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.resources import Resource
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.interface import Feed, Links, Question
from ota_dev.journal import Subject, asking_client, describe_offer
from ota_dev.publishing import Publication
from ota_dev.scenarios.faults import PromiseFault, bend_digests
from ota_dev.scenarios.scenario import Signing
from ota_dev.server.awaited_digests import AwaitedDigests, MissingDigestsError
from ota_dev.server.conditions import Validators
from ota_dev.server.feed_making import FeedMaking
from ota_dev.server.in_force import InForce
from ota_dev.server.links import links_for
from ota_dev.server.messages import Request, Response
from ota_dev.server.narrowing import UnanswerableError, negotiates_language, question_of
from ota_dev.server.rendered import RenderedFeed, RenderedFeeds, render

__all__ = ["FeedAnswers"]

_MOST_LISTED = 50
_PATIENCE = timedelta(seconds=20)  # Clients of feeds with digests wait for 30 at least.


class FeedAnswers:
    """Answer requests for feeds from a publication, as *making* says."""

    def __init__(self, making: FeedMaking) -> None:
        self._making, self._feeds = making, making.feeds
        self._digests = AwaitedDigests(digests_of=making.digests_of, patience=_PATIENCE)
        self._rendered = RenderedFeeds()

    def find(self, path: str) -> FeedAddress | None:
        """Read a path such as `/appcast.xml`; `None` when it is no feed's."""
        return FeedAddress.read(path, self._feeds)

    def find_signed(self, path: str) -> FeedAddress | None:
        """Read a path such as `/appcast.xml`; `None` when it is that of no feed whose clients look for a signature."""
        address = self.find(path)
        return address if address and self._feeds[address.feed].format.has_signature_file else None

    async def answer(
        self,
        request: Request,
        address: FeedAddress,
        publication: Publication,
        in_force: InForce | None = None,
        promises: tuple[PromiseFault, ...] = (),
    ) -> Response:
        """Answer a GET or HEAD for the feed at *address*; the path goes before the query."""
        signing = in_force.signing if in_force else Signing.AS_IT_IS
        links_notes = self._making.links_notes or (in_force is not None and in_force.links_notes)
        links = links_for(request, self._making.base_url, links_notes=links_notes)
        feed = self._feeds[address.feed]
        feed = self._making.signing.signed(feed, signing) if self._making.signing else feed
        try:
            question = question_of(request, address, feed.format.form_parameter)
            wanted = address.app or request.query.get("app")
            app = _app(wanted, address.name, publication.catalog, request.links_begin_with(None))
            rendered = await self._rendered.get(
                (
                    *(publication.revision, publication.variant, address.feed, app.key, links, signing),
                    *(question.narrowing.effect_on(app), question.form, question.host_version),
                ),
                lambda: self._render(feed, app, links, question, publication=publication, promises=promises),
            )
        except UnanswerableError as error:
            return Response.plain(error.status, str(error))
        except MissingDigestsError as error:
            return Response.plain(503, str(error), {"Retry-After": "5"})
        return _answer(request, address, question, rendered)

    async def _render(
        self,
        feed: Feed,
        app: App,
        links: Links,
        question: Question,
        *,
        publication: Publication,
        promises: tuple[PromiseFault, ...],
    ) -> RenderedFeed:
        narrowed = await asyncio.to_thread(question.narrowing.of, app)
        if feed.required_digests:
            narrowed = await self._with_digests(feed, narrowed, publication, promises)
        return await asyncio.to_thread(render, feed, narrowed, links, question)

    async def _with_digests(
        self, feed: Feed, app: App, publication: Publication, promises: tuple[PromiseFault, ...]
    ) -> App:
        """Add what *feed* prints of the installers that it offers."""
        added: dict[str, Mapping[str, str]] = {}
        for artifact in await asyncio.to_thread(feed.offered, app):
            files: tuple[Artifact | Delta, ...] = (artifact, *(artifact.deltas if feed.format.lists_deltas else ()))
            for file in files:
                missing = feed.required_digests.difference(file.digests)
                if missing:
                    digests = await self._digests.of(file, publication, missing)
                    added[file.download_name] = bend_digests(digests, promises)
        return app.with_each(lambda artifact: artifact.with_digests(added)) if added else app


def _answer(request: Request, address: FeedAddress, question: Question, rendered: RenderedFeed) -> Response:
    client = asking_client(request.headers.get("user-agent") or "", request.query)
    if question.host_version:
        client = replace(client, version=question.host_version.text)
    newest = rendered.newest_for(question.narrowing.platform or client.platform)
    if rendered.content is None and question.host_version and newest and newest.is_newer_than(question.host_version):
        newest = None  # There is something newer, of which this client can use nothing.
    validators = Validators(rendered.etag)
    vary = {"Vary": "Accept-Language"} if negotiates_language(request, address) else {}
    response = Response(
        status=200,
        headers={**validators.headers, **vary},
        offered=describe_offer(client, newest),
        reason="; ".join(rendered.problems),
        subject=Subject(resource=Resource.FEED, name=address.path),
    )
    if rendered.content is None:
        return replace(response, status=204)
    if validators.client_is_current(request):
        return replace(response, status=304)
    headers = {**response.headers, "Content-Type": rendered.media_type}
    return replace(response, headers=headers, body=rendered.content)


def _app(wanted: str | None, name: str, catalog: Catalog, origin: str) -> App:
    if not catalog.apps:
        # A clean build empties the folder for a while; that is no reason for clients to see an error.
        return App(key="", name="")
    if wanted:
        app = catalog.app(wanted) or catalog.app(normalise(wanted))
        if app is None:
            raise UnanswerableError(404, f"There is no app {wanted} here. {_choices(name, catalog, origin)}")
        return app
    if len(catalog.apps) > 1:
        raise UnanswerableError(404, f"There are {len(catalog.apps)} apps here. {_choices(name, catalog, origin)}")
    return catalog.apps[0]


def _choices(name: str, catalog: Catalog, origin: str) -> str:
    urls = [f"  {origin}/apps/{app.key}/{name}" for app in catalog.apps[:_MOST_LISTED]]
    more = len(catalog.apps) - len(urls)
    return "\n".join(["Ask for one of:", *urls, *([f"  and {more} more"] if more else [])])

"""Feeds as answers: which app a URL asks for, and its feed, narrowed to what else the request says.

Knows no format by name: it is given a table of file names and the feeds they stand for. With several apps in the folder
a feed without an app is refused in plain text, since clients read an XML body as "no update".
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.resources import Resource
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.interface import Feed
from ota_dev.journal import Subject, asking_client, describe_offer
from ota_dev.publishing import Publication
from ota_dev.scenarios.scenario import Signing
from ota_dev.server.conditions import Validators
from ota_dev.server.in_force import InForce
from ota_dev.server.links import links_for
from ota_dev.server.messages import Request, Response
from ota_dev.server.narrowing import UnanswerableError, narrowing_of, negotiates_language
from ota_dev.server.rendered import RenderedFeeds, render

if TYPE_CHECKING:
    from ota_dev.server.missigning import FeedSigning

__all__ = ["Feeds"]

_MOST_LISTED = 50


class Feeds:
    """Answer requests for feeds from a publication."""

    def __init__(
        self,
        feeds: Mapping[str, Feed],
        base_url: str | None = None,
        *,
        links_notes: bool = False,
        signing: "FeedSigning | None" = None,
    ) -> None:
        self._feeds = dict(feeds)
        self._base_url = base_url
        self._links_notes = links_notes
        self._signing = signing
        self._rendered = RenderedFeeds()

    @property
    def file_names(self) -> tuple[str, ...]:
        """Name the feeds there are."""
        return tuple(self._feeds)

    def find(self, path: str) -> FeedAddress | None:
        """Read a path such as `/appcast.xml`; `None` when it is no feed's."""
        return FeedAddress.read(path, self._feeds)

    async def answer(
        self, request: Request, address: FeedAddress, publication: Publication, in_force: InForce | None = None
    ) -> Response:
        """Answer a GET or HEAD for the feed at *address*; the path goes before the query."""
        signing = in_force.signing if in_force else Signing.AS_IT_IS
        try:
            narrowing = narrowing_of(request, address)
            wanted = address.app or request.query.get("app")
            app = self._app(wanted, address.file, publication.catalog, request.links_begin_with(None))
        except UnanswerableError as error:
            return Response.plain(error.status, str(error))
        links_notes = self._links_notes or (in_force is not None and in_force.links_notes)
        links = links_for(request, self._base_url, links_notes=links_notes)
        feed = self._feeds[address.file]
        if self._signing:
            feed = self._signing.signed(feed, signing)
        rendered = await self._rendered.get(
            (
                publication.revision,
                publication.variant,
                address.file,
                app.key,
                narrowing.effect_on(app),
                links,
                signing,
            ),
            lambda: render(feed, narrowing.of(app), links),
        )
        client = asking_client(request.headers.get("user-agent") or "", request.query)
        offered = describe_offer(client, rendered.newest_for(narrowing.platform or client.platform))
        validators = Validators(rendered.etag)
        vary = {"Vary": "Accept-Language"} if negotiates_language(request, address) else {}
        headers = {**validators.headers, **vary}
        subject = Subject(resource=Resource.FEED, name=address.path)
        if validators.client_is_current(request):
            return Response(status=304, headers=headers, offered=offered, subject=subject)
        headers["Content-Type"] = rendered.media_type
        return Response(status=200, headers=headers, body=rendered.content, offered=offered, subject=subject)

    def _app(self, wanted: str | None, file: str, catalog: Catalog, origin: str) -> App:
        if not catalog.apps:
            # A clean build empties the folder for a while; that is no reason for clients to see an error.
            return App(key="", name="")
        if wanted:
            app = catalog.app(wanted) or catalog.app("".join(filter(str.isalnum, wanted.lower())))
            if app is None:
                raise UnanswerableError(404, f"There is no app {wanted} here. {_choices(file, catalog, origin)}")
            return app
        if len(catalog.apps) > 1:
            raise UnanswerableError(404, f"There are {len(catalog.apps)} apps here. {_choices(file, catalog, origin)}")
        return catalog.apps[0]


def _choices(file: str, catalog: Catalog, origin: str) -> str:
    urls = [f"  {origin}/apps/{app.key}/{file}" for app in catalog.apps[:_MOST_LISTED]]
    more = len(catalog.apps) - len(urls)
    return "\n".join(["Ask for one of:", *urls, *([f"  and {more} more"] if more else [])])

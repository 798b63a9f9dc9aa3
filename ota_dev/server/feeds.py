"""Feeds as answers: which app and target a URL asks for, and the feed of exactly that.

Knows no format by name: it is given a table of file names and the feeds they stand for. With several apps in the folder
a feed without an app is refused in plain text, since clients read an XML body as "no update".
"""

from collections.abc import Mapping

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.interface import Feed, Links
from ota_dev.journal import describe_offer, recognise
from ota_dev.publishing import Publication
from ota_dev.server.conditions import Validators
from ota_dev.server.messages import Request, Response
from ota_dev.server.rendered import RenderedFeeds, render

__all__ = ["Feeds"]

_MOST_LISTED = 50


class _NotFoundError(Exception):
    """The URL asks for an app or a target that is not known; the message is the answer."""


class Feeds:
    """Answer requests for feeds from a publication."""

    def __init__(self, feeds: Mapping[str, Feed], base_url: str | None = None) -> None:
        self._feeds = dict(feeds)
        self._base_url = base_url.rstrip("/") if base_url else None
        self._rendered = RenderedFeeds()

    @property
    def file_names(self) -> tuple[str, ...]:
        """Name the feeds there are."""
        return tuple(self._feeds)

    def find(self, path: str) -> FeedAddress | None:
        """Read a path such as `/appcast.xml`; `None` when it is no feed's."""
        return FeedAddress.read(path, self._feeds)

    async def answer(self, request: Request, address: FeedAddress, publication: Publication) -> Response:
        """Answer a GET or HEAD for the feed at *address*; the path goes before the query."""
        try:
            narrowing = _narrowing(request, address)
            wanted = address.app or request.query.get("app")
            app = self._app(wanted, address.file, publication.catalog, request.origin)
        except _NotFoundError as error:
            return Response.plain(404, str(error))
        links = Links(f"{self._base_url or request.origin}/downloads/")
        feed = self._feeds[address.file]
        rendered = await self._rendered.get(
            (publication.revision, address.file, app.key, narrowing, links),
            lambda: render(feed, narrowing.of(app), links),
        )
        client = recognise(request.headers.get("user-agent") or "")
        offered = describe_offer(client, rendered.newest_for(narrowing.platform or client.platform))
        validators = Validators(rendered.etag)
        if validators.client_is_current(request):
            return Response(status=304, headers=validators.headers, offered=offered)
        headers = {"Content-Type": rendered.media_type, **validators.headers}
        return Response(status=200, headers=headers, body=rendered.content, offered=offered)

    def _app(self, wanted: str | None, file: str, catalog: Catalog, origin: str) -> App:
        if not catalog.apps:
            # A clean build empties the folder for a while; that is no reason for clients to see an error.
            return App(key="", name="")
        if wanted:
            app = catalog.app(wanted) or catalog.app("".join(filter(str.isalnum, wanted.lower())))
            if app is None:
                raise _NotFoundError(f"There is no app {wanted} here. {_choices(file, catalog, origin)}")
            return app
        if len(catalog.apps) > 1:
            raise _NotFoundError(f"There are {len(catalog.apps)} apps here. {_choices(file, catalog, origin)}")
        return catalog.apps[0]


def _choices(file: str, catalog: Catalog, origin: str) -> str:
    urls = [f"  {origin}/apps/{app.key}/{file}" for app in catalog.apps[:_MOST_LISTED]]
    more = len(catalog.apps) - len(urls)
    return "\n".join(["Ask for one of:", *urls, *([f"  and {more} more"] if more else [])])


def _narrowing(request: Request, address: FeedAddress) -> Narrowing:
    query = request.query
    system = query.get("os") if address.system is None else address.system
    architecture = query.get("arch") if address.architecture is None else address.architecture
    return Narrowing(
        platform=None if system is None else _platform(system),
        architecture=None if architecture is None else _architecture(architecture),
    )


def _platform(spelling: str) -> Platform:
    platform = Platform.parse(spelling)
    if platform is Platform.UNKNOWN:
        raise _NotFoundError(f"{spelling!r} is no operating system known here: use macos, windows or linux.")
    return platform


def _architecture(spelling: str) -> Architecture:
    architecture = Architecture.parse(spelling)
    if architecture is Architecture.UNKNOWN:
        raise _NotFoundError(f"{spelling!r} is no architecture known here: use arm64, x86_64, x86 or universal.")
    return architecture

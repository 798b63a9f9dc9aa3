"""The feed in a file of the folder as an answer: byte for byte, or pointed at this server."""

import asyncio
from collections.abc import Callable
from hashlib import sha256

from ota_dev.catalog.resources import Resource
from ota_dev.feeds.interface import Links
from ota_dev.journal import Subject
from ota_dev.publishing import STATIC_FEED, StaticFeed
from ota_dev.publishing.static_feeds import pointed_here
from ota_dev.server.conditions import Validators
from ota_dev.server.links import links_for
from ota_dev.server.messages import Request, Response
from ota_dev.server.rendered import RenderedFeed, RenderedFeeds

__all__ = ["StaticFeeds"]


class StaticFeeds:
    """Answer requests for the static feed; *sign* signs one anew that was signed and is pointed here."""

    def __init__(self, base_url: str | None = None, sign: Callable[[bytes], bytes] | None = None) -> None:
        self._base_url = base_url
        self._sign = sign
        self._rendered = RenderedFeeds()

    async def answer(self, request: Request, feed: StaticFeed, revision: int) -> Response:
        """Answer a GET or HEAD; nothing in the query changes a static feed."""
        if feed.problem:
            return Response.plain(404, f"{feed.problem}.")
        links = links_for(request, self._base_url)
        rendered = await self._rendered.get((revision, links), lambda: asyncio.to_thread(self._render, feed, links))
        validators = Validators(rendered.etag)
        subject, said = Subject(resource=Resource.FEED, name=STATIC_FEED), f"the file {STATIC_FEED}"
        if validators.client_is_current(request):
            return Response(status=304, headers=validators.headers, offered=said, subject=subject)
        headers = {"Content-Type": rendered.media_type, **validators.headers}
        return Response(status=200, headers=headers, body=rendered.content or b"", offered=said, subject=subject)

    def _render(self, feed: StaticFeed, links: Links) -> RenderedFeed:
        content = pointed_here(feed, links, self._sign)
        etag = f'"{sha256(content).hexdigest()[:32]}"'
        return RenderedFeed(content=content, etag=etag, media_type=feed.media_type, newest={})

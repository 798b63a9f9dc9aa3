"""The feed in a file of the folder as an answer: byte for byte, or pointed at this server."""

import asyncio
from collections.abc import Callable

from ota_dev.catalog.resources import Resource
from ota_dev.feeds.interface import Links
from ota_dev.journal import Subject
from ota_dev.publishing import STATIC_FEED, StaticFeed
from ota_dev.publishing.static_feeds import pointed_here
from ota_dev.server.conditions import etag_of
from ota_dev.server.contents import answer_content
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
        return answer_content(
            request,
            rendered.content or b"",
            etag=rendered.etag,
            media_type=rendered.media_type,
            subject=Subject(resource=Resource.FEED, name=STATIC_FEED),
            offered=f"the file {STATIC_FEED}",
        )

    def _render(self, feed: StaticFeed, links: Links) -> RenderedFeed:
        content = pointed_here(feed, links, self._sign)
        return RenderedFeed(content=content, etag=etag_of(content), media_type=feed.media_type, newest={})

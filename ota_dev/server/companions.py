"""What is computed from an installer and found beside it, such as a map of its blocks, as answers.

Reads the installer once for each state of it; what was computed is remembered while there is room.
"""

import asyncio
import os
from collections.abc import Iterable

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.resources import Resource
from ota_dev.feeds.interface import Companion, Feed
from ota_dev.journal import Subject
from ota_dev.operating_system import open_shared
from ota_dev.publishing import Publication, PublishedFile
from ota_dev.server.conditions import etag_of
from ota_dev.server.contents import answer_content
from ota_dev.server.messages import Request, Response
from ota_dev.server.rendered import RenderedFeed, RenderedFeeds

__all__ = ["Companions"]


class Companions:
    """Answer requests for the companions that *feeds* have of installers."""

    def __init__(self, feeds: Iterable[Feed]) -> None:
        self._formats = {suffix: feed.format for feed in feeds for suffix in feed.format.companions}
        self._made = RenderedFeeds()

    async def answer(self, request: Request, name: str, publication: Publication) -> Response | None:
        """Answer a GET or HEAD for the download called *name*, `None` when it is no installer's companion."""
        for suffix, feed_format in self._formats.items():
            if name.endswith(suffix) and (of := name.removesuffix(suffix)):
                if installer := publication.files.get(of):
                    return await self._answer(request, name, of, installer, feed_format.companions[suffix])
                then = f": {feed_format.without_companion}" if feed_format.without_companion else "."
                return Response.plain(404, f"There is no installer {of} on offer that {name} could be made of{then}")
        return None

    async def _answer(
        self, request: Request, name: str, of: str, installer: PublishedFile, make: Companion
    ) -> Response:
        key = (installer.path, installer.identity, make)
        try:
            made = await self._made.get(key, lambda: asyncio.to_thread(_make, installer, make))
        except OSError:
            sentence = f"{name} cannot be made: its installer is being replaced or cannot be read."
            return Response.plain(503, sentence, {"Retry-After": "1"})
        content = made.content or b""
        subject = Subject(resource=Resource.DOWNLOAD, name=name, total=len(content), companion_of=of)
        return answer_content(request, content, etag=made.etag, media_type=made.media_type, subject=subject)


def _make(installer: PublishedFile, make: Companion) -> RenderedFeed:
    with open_shared(installer.path) as file:
        if not installer.identity.has_same_bytes_as(FileIdentity.of(os.fstat(file.fileno()))):
            raise OSError(f"{installer.path} is not what was published")
        content = make(file)
    return RenderedFeed(content=content, etag=etag_of(content), media_type="application/octet-stream", newest={})

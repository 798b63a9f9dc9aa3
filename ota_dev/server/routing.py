"""Which path is for what, and what answers it from a publication."""

import asyncio

from ota_dev.catalog.resources import SIGNATURE_SUFFIX, Resource
from ota_dev.feeds.addresses import FeedAddress, installer_beside_feeds
from ota_dev.publishing import STATIC_FEED, Publication, PublishedFile
from ota_dev.scenarios.faults import PromiseFault
from ota_dev.server.companions import Companions
from ota_dev.server.downloads import answer_download
from ota_dev.server.feed_making import FeedMaking
from ota_dev.server.feeds import FeedAnswers
from ota_dev.server.in_force import InForce
from ota_dev.server.messages import Request, Response
from ota_dev.server.notes import answer_notes
from ota_dev.server.static_feeds import StaticFeeds
from ota_dev.server.update_check import UpdateCheck

__all__ = ["Routing"]

_DOWNLOADS = "/downloads/"
_NOTES = "/notes/"


class Routing:
    """Answer what update clients ask for, with feeds as *making* says."""

    def __init__(self, making: FeedMaking) -> None:
        self._feeds = FeedAnswers(making)
        self._static_feeds = StaticFeeds(making.base_url, making.signing.sign_whole if making.signing else None)
        self._companions = Companions(making.feeds.values())
        self._update_check = UpdateCheck(making.digests_of, making.base_url)

    @property
    def api_paths(self) -> tuple[str, ...]:
        """Name the paths of the JSON API."""
        return self._update_check.paths

    def resource_at(self, path: str) -> Resource | None:
        """Say what a path is for, whether or not there is anything at it."""
        if path.startswith(_NOTES):
            return Resource.NOTES
        if path in self._update_check.paths or self.feed_at(path):
            return Resource.FEED
        if path.startswith(_DOWNLOADS) or installer_beside_feeds(path):
            return Resource.DOWNLOAD
        return Resource.SIGNATURE if self._is_of_signature(path) else None

    def feed_at(self, path: str) -> FeedAddress | None:
        """Say which feed a path is for, `None` when it is for something else."""
        return self._feeds.find(path)

    def signed_by(self, request: Request) -> Request | None:
        """Give the request for the feed whose signature *request* asks for, every word of it but the ending.

        It is looked for at the feed's whole address, with the query, and its suffix.
        """
        if not request.target.endswith(SIGNATURE_SUFFIX):
            return None
        feed = request.for_target(request.target.removesuffix(SIGNATURE_SUFFIX))
        return feed if self._feeds.find_signed(feed.path) else None

    async def answer(
        self,
        request: Request,
        publication: Publication,
        in_force: InForce | None = None,
        promises: tuple[PromiseFault, ...] = (),
    ) -> Response:
        """Answer a GET or HEAD for a path that is for something, but not for a signature."""
        path = request.path
        if publication.static_feed and path == f"/{STATIC_FEED}":
            return await self._static_feeds.answer(request, publication.static_feed, publication.revision)
        if address := self.feed_at(path):
            return await self._feeds.answer(request, address, publication, in_force, promises)
        if path in self._update_check.paths:
            return await self._update_check.answer(request, publication)
        # Found by look-up: a name never becomes a path, so there is nothing to escape from.
        if path.startswith(_NOTES):
            page = path.removeprefix(_NOTES)
            note = publication.notes.get(page)
            return answer_notes(request, page, note) if note else Response.plain(404, f"There are no notes {page}.")
        beside = None if path.startswith(_DOWNLOADS) else installer_beside_feeds(path)
        return await self._download(request, beside or path.removeprefix(_DOWNLOADS), publication)

    async def _download(self, request: Request, name: str, publication: Publication) -> Response:
        if published := publication.files.get(name):
            return await _open_in_thread(request, name, published)
        companion = await self._companions.answer(request, name, publication)
        return companion or Response.plain(404, f"There is no installer {name} on offer.")

    def _is_of_signature(self, path: str) -> bool:
        feed = path.removesuffix(SIGNATURE_SUFFIX)
        return feed != path and self._feeds.find_signed(feed) is not None


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

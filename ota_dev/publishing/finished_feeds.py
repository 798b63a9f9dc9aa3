"""A feed of which every rendering, for every address, goes through one more step, such as being signed. Pure itself."""

from collections.abc import Callable
from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import Alternate, Feed, Links

__all__ = ["FinishedFeed"]


@dataclass(frozen=True, kw_only=True)
class FinishedFeed:
    """Gives what *finish* makes of all that *feed* renders."""

    feed: Feed
    finish: Callable[[bytes], bytes]

    @property
    def media_type(self) -> str:
        """Give the media type of the feed."""
        return self.feed.media_type

    @property
    def required_digests(self) -> frozenset[str]:
        """Name the digest algorithms that the feed prints."""
        return self.feed.required_digests

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers that the feed offers."""
        return self.feed.offered(app)

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers that the feed leaves out."""
        return self.feed.alternates(app)

    def render(self, app: App, links: Links) -> bytes:
        """Render the feed and finish it."""
        return self.finish(self.feed.render(app, links))

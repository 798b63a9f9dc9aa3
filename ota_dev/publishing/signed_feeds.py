"""A feed that carries its own signature, as Sparkle 2.9 reads it. Pure."""

from dataclasses import dataclass

from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import Alternate, Feed, Links
from ota_dev.signing import PrivateKey, sign_feed

__all__ = ["SignedFeed"]


@dataclass(frozen=True, kw_only=True)
class SignedFeed:
    """Signs whatever *feed* renders, so that every rendering, for every address, is signed anew."""

    feed: Feed
    key: PrivateKey

    @property
    def media_type(self) -> str:
        """Give the media type of the feed."""
        return self.feed.media_type

    @property
    def required_digests(self) -> frozenset[str]:
        """Name the digest algorithms that the feed prints."""
        return self.feed.required_digests

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers that the feed leaves out."""
        return self.feed.alternates(app)

    def render(self, app: App, links: Links) -> bytes:
        """Render the feed, and append the block with its signature."""
        return sign_feed(self.feed.render(app, links), self.key)

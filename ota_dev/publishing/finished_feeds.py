"""A feed of which every rendering, for every address, goes through one more step, such as being signed. Pure itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import EVERYTHING, Alternate, Feed, FeedFile, FeedFormat, FeedName, Links, Question

__all__ = ["FinishedFeed"]


@dataclass(frozen=True, kw_only=True)
class FinishedFeed:
    """Gives what *finish* makes of all that *feed* renders."""

    feed: Feed
    finish: Callable[[bytes], bytes]

    @property
    def format(self) -> FeedFormat:
        """Give the format of the feed."""
        return self.feed.format

    @property
    def required_digests(self) -> frozenset[str]:
        """Name the digest algorithms that the feed prints."""
        return self.feed.required_digests

    def read_name(self, name: str) -> FeedName | None:
        """Read a name of the feed."""
        return self.feed.read_name(name)

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the feeds that somebody should know of."""
        return self.feed.file_names(app)

    def files(self, app: App, channels: Sequence[str] = (), languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give every feed that a static host needs."""
        return self.feed.files(app, channels, languages)

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers that the feed offers."""
        return self.feed.offered(app)

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers that the feed leaves out."""
        return self.feed.alternates(app)

    def problems(self, app: App) -> tuple[str, ...]:
        """Say what keeps clients of the feed from an update."""
        return self.feed.problems(app)

    def render(self, app: App, links: Links, question: Question = EVERYTHING) -> bytes | None:
        """Render the feed and finish it; where there is no content, there is nothing to finish."""
        content = self.feed.render(app, links, question)
        return None if content is None else self.finish(content)

"""The appcast as one of the feeds: selection, view values and a template put together. Pure."""

from collections.abc import Iterator, Sequence

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.appcast.items import appcast_app, appcast_items
from ota_dev.feeds.appcast.naming import NAMES
from ota_dev.feeds.appcast.sample import SAMPLE_APP, SAMPLE_LINKS, SAMPLE_LINKS_TO_NOTES
from ota_dev.feeds.appcast.template import AppcastTemplate, shipped_template
from ota_dev.feeds.appcast.well_formed import require_well_formed
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question
from ota_dev.feeds.one_per_target import select

__all__ = ["AppcastFeed"]


class AppcastFeed:
    """The feed for Sparkle, WinSparkle, NetSparkle and hand-written appcast clients."""

    format = FeedFormat(
        name="appcast",
        file_name=NAMES.name(),
        # Hand-written clients read `text/xml` as Latin-1; browsers show this type, and download `application/rss+xml`.
        media_type="application/xml; charset=utf-8",
        takes_signature_block=True,
        has_signature_file=True,
    )

    def __init__(self, template: AppcastTemplate | None = None) -> None:
        self._own_template = template

    @classmethod
    def with_template(cls, text: str, name: str) -> "AppcastFeed":
        """Build the feed from a user's own template, tried on a sample first; *name* is its file, for errors.

        Raises:
            ConfigurationError: the template cannot be used: file, line and reason.
        """
        feed = cls(AppcastTemplate.parse(text, name))
        for links in (SAMPLE_LINKS, SAMPLE_LINKS_TO_NOTES):
            feed.render(SAMPLE_APP, links)
        return feed

    @property
    def required_digests(self) -> frozenset[str]:
        """Name the digest algorithms that the template prints; the shipped one prints none."""
        return self._template.digests

    def read_name(self, name: str) -> FeedName | None:
        """Read the name of the appcast or of a narrowed form of it."""
        return NAMES.read(name)

    def file_names(self, _app: App) -> tuple[str, ...]:
        """Name the whole appcast, which has something for everyone."""
        return (self.format.file_name,)

    def files(self, app: App, channels: Sequence[str] = (), languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the appcast of every target on every channel in every language."""
        return NAMES.files(app, channels, languages)

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers that stand in the feed."""
        return select(app).items

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers of which another kind is offered for the same version and target."""
        return select(app).alternates

    def problems(self, _app: App) -> tuple[str, ...]:
        """Say nothing: an appcast has room for whatever is in the folder."""
        return ()

    def render(self, app: App, links: Links, _question: Question = EVERYTHING) -> bytes:
        """Render one app's releases as an RSS document in UTF-8.

        Raises:
            ConfigurationError: a user's own template fails on this app, or gives no well-formed XML.
        """
        shown = appcast_app(app)
        feed = self._template.render(shown, appcast_items(shown, select(app).items, links))
        if self._own_template:
            require_well_formed(feed, self._own_template.name)
        return feed

    @property
    def _template(self) -> AppcastTemplate:
        return self._own_template or shipped_template()

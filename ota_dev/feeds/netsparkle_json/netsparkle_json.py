"""NetSparkle's JSON as one of the feeds: names, selection and document put together. Pure."""

import json
from collections.abc import Iterator, Sequence

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question
from ota_dev.feeds.narrowed_names import NarrowedNames
from ota_dev.feeds.netsparkle_json.document import document
from ota_dev.feeds.one_per_target import select

__all__ = ["NetSparkleJsonFeed"]

_NAMES = NarrowedNames(stem="appcast", suffix=".json")


class NetSparkleJsonFeed:
    """The feed for NetSparkle 3 with its generator of JSON."""

    format = FeedFormat(
        name="netsparkle-json",
        file_name=_NAMES.name(),
        media_type="application/json; charset=utf-8",
        has_signature_file=True,
    )
    required_digests = frozenset[str]()

    def read_name(self, name: str) -> FeedName | None:
        """Read a name such as `appcast-windows.json`."""
        return _NAMES.read(name)

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the whole feed."""
        return (self.format.file_name,) if self.offered(app) else ()

    def files(self, app: App, channels: Sequence[str] = (), languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the feed of every target on every channel in every language."""
        return _NAMES.files(app, channels, languages)

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers that stand in the feed."""
        return select(app).items

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers of which another kind is offered for the same version and target."""
        return select(app).alternates

    def problems(self, _app: App) -> tuple[str, ...]:
        """Say nothing: there is room for whatever is in the folder."""
        return ()

    def render(self, app: App, links: Links, _question: Question = EVERYTHING) -> bytes:
        """Render one app's releases as JSON in UTF-8."""
        return f"{json.dumps(document(app, self.offered(app), links), ensure_ascii=False, indent=2)}\n".encode()

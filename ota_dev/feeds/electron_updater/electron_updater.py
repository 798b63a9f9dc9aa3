"""electron-updater's YAML as one of the feeds: names, selection and document put together. Pure."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Platform
from ota_dev.documents import write_document
from ota_dev.feeds.electron_updater.block_map import BLOCK_MAP_SUFFIX, block_map
from ota_dev.feeds.electron_updater.document import NOTHING, document
from ota_dev.feeds.electron_updater.naming import DEFAULT_CHANNEL, feed_files, file_names, read_name
from ota_dev.feeds.electron_updater.selection import Selection, select
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question

__all__ = ["ElectronUpdaterFeed"]

_PLATFORMS = (Platform.WINDOWS, Platform.MACOS, Platform.LINUX)


class ElectronUpdaterFeed:
    """The feed for electron-updater, of one system and channel."""

    format = FeedFormat(
        name="electron-updater",
        file_name=f"{DEFAULT_CHANNEL}.yml",
        media_type="text/yaml; charset=utf-8",
        companions=MappingProxyType({BLOCK_MAP_SUFFIX: block_map}),
        without_companion="harmless, electron-updater downloads the whole installer instead.",
    )
    required_digests = frozenset({"sha512"})

    def read_name(self, name: str) -> FeedName | None:
        """Read a name such as `latest-mac.yml`."""
        return read_name(name)

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the feed of each system that there is an installer for, on each channel."""
        return file_names(app)

    def files(self, app: App, channels: Sequence[str] = (), _languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the feed of each system on each channel; notes are in the default language, since no name says one."""
        return feed_files(app, channels)

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers in the feed."""
        return tuple(artifact for selection in _selections(app) for artifact in selection.files)

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers of the same version that the client does not install."""
        return tuple(alternate for selection in _selections(app) for alternate in selection.alternates)

    def problems(self, app: App) -> tuple[str, ...]:
        """Say what is newer than what is offered, and what the client may take for another system's."""
        return tuple(problem for selection in _selections(app) for problem in selection.problems)

    def render(self, app: App, links: Links, _question: Question = EVERYTHING) -> bytes:
        """Render the newest version of the one system that *app* is narrowed to, as YAML in UTF-8."""
        offers = [selection for selection in _selections(app) if selection.files]
        return write_document(document(offers[0], links) if offers else NOTHING).encode()


def _selections(app: App) -> Iterator[Selection]:
    for platform in _PLATFORMS:
        if selection := select(app, platform):
            yield selection

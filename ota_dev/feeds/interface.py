"""What every feed format offers to the rest of the house."""

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App

__all__ = ["Alternate", "Feed", "Links"]


@dataclass(frozen=True, slots=True)
class Links:
    """Where what a feed links to is found."""

    downloads: str  # absolute URL, ending in "/"
    notes: str | None = None  # absolute URL, ending in "/"; `None` where notes stand in the feed itself

    def download(self, name: str) -> str:
        """Give the absolute, percent-encoded URL of the installer with this download name."""
        return self.downloads + quote(name)

    def note(self, name: str) -> str:
        """Give the absolute, percent-encoded URL of a page of notes; an empty text where notes stand in the feed."""
        return self.notes + quote(name) if self.notes else ""


@dataclass(frozen=True, slots=True)
class Alternate:
    """An installer that a feed leaves out because it offers another one of the same version for the same target."""

    left_out: Artifact
    chosen: Artifact


class Feed(Protocol):
    """One feed format, such as the appcast."""

    @property
    def media_type(self) -> str:
        """Give the media type with its charset, as it stands in `Content-Type`."""

    @property
    def required_digests(self) -> frozenset[str]:
        """Name the digest algorithms that this feed prints, so that nobody waits for any other."""

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers that this feed offers, in its order: newest build first."""

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers that this feed leaves out, and for which."""

    def render(self, app: App, links: Links) -> bytes:
        """Render one app's releases; the same app and links always give the same bytes."""

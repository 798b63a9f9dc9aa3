"""What the publisher needs of those that sign and those that read a feed, neither of which it imports itself."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ota_dev.catalog.signatures import Signatures
from ota_dev.publishing.publication import PublishedFile
from ota_dev.scan.listing import FolderListing

if TYPE_CHECKING:
    from ota_dev.publishing.static_feeds import StaticOffer

__all__ = ["Signer", "StaticFeedSource"]


class StaticFeedSource(Protocol):
    """What reads the feed in a file of the folder; whoever serves none need not import the reader of feeds."""

    def concerns(self, path: Path, listing: FolderListing) -> bool:
        """Say whether a change of this path can change it."""

    def read(self, listing: FolderListing, published: Mapping[str, PublishedFile]) -> "StaticOffer":
        """Read it; *published* is what is on offer already."""


class Signer(Protocol):
    """What signs published files; whoever has no key need not import the crypto library."""

    @property
    def public_key(self) -> str:
        """Give the public half of the key in base64."""

    def signatures_of(
        self, files: Mapping[str, PublishedFile], progress: Callable[[int], None]
    ) -> tuple[dict[str, Signatures], list[str]]:
        """Give signatures by download name, and a sentence for each file that has none."""

    def unread_bytes(self, files: Mapping[str, PublishedFile]) -> int:
        """Say how many bytes `signatures_of` has to read."""

"""A feed as it reached a client: what it says, and all that came with it. Pure."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from ota_dev.feeds.appcast.reading import Appcast, read_appcast
from ota_dev.feeds.appcast.reading.source import MAX_SIZE as LARGEST_FEED

__all__ = ["LARGEST_FEED", "ReceivedFeed"]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class ReceivedFeed:
    """One feed; `url` is where it came from in the end, `None` for a file."""

    content: bytes
    appcast: Appcast
    url: str | None = None
    detached_signature: str | None = None  # what stands at its address and `.signature`

    @classmethod
    def read(
        cls, content: bytes, name: str, *, url: str | None = None, detached_signature: str | None = None
    ) -> "ReceivedFeed":
        """Read a feed; *name* says in errors which one.

        Raises:
            FeedError: it is no well-formed XML, or is beyond the bounds.
        """
        return cls(content=content, appcast=read_appcast(content, name), url=url, detached_signature=detached_signature)

    def absolute(self, address: str) -> str:
        """Resolve an address of the feed; what cannot be resolved stays as it is."""
        try:
            return urljoin(self.url, address) if self.url else address
        except ValueError:  # an address that is none, such as `http://[`
            return address

    def is_downloadable(self, address: str) -> bool:
        """Say whether an address is http or https, or could become so where the feed will be."""
        try:
            scheme = urlsplit(self.absolute(address)).scheme.lower()
        except ValueError:
            return False
        return scheme in ("http", "https") or (not scheme and self.url is None)

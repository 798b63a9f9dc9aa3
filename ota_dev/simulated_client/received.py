"""A feed as it reached a client: what it says, and all that came with it. Pure."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from ota_dev.feeds.appcast.reading import Appcast, read_appcast
from ota_dev.feeds.appcast.reading.source import MAX_SIZE as LARGEST_FEED

__all__ = ["LARGEST_FEED", "ReceivedFeed"]


@dataclass(frozen=True, kw_only=True, eq=False)
class ReceivedFeed:
    """One feed of any kind; `url` is where it came from in the end, `None` for a file."""

    content: bytes
    name: str  # as errors give it
    url: str | None = None
    status: int = 200  # of the answer that it came with
    detached_signature: str | None = None  # what stands at its address and `.signature`

    @classmethod
    def read(
        cls, content: bytes, name: str, *, url: str | None = None, detached_signature: str | None = None
    ) -> "ReceivedFeed":
        """Read an appcast; *name* says in errors which one.

        Raises:
            FeedError: it is no well-formed XML, or is beyond the bounds.
        """
        feed = cls(content=content, name=name, url=url, detached_signature=detached_signature)
        _ = feed.appcast
        return feed

    @cached_property
    def appcast(self) -> Appcast:
        """Give the feed as an appcast.

        Raises:
            FeedError: it is none, as `read` says.
        """
        return read_appcast(self.content, self.name)

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

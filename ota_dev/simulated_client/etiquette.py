"""How a client behaves towards a server: what it sends, and what it makes of the answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["APP_NAME", "Etiquette"]

APP_NAME = "ota-dev-check"  # stands for the app in User-Agent headers, so that a server's log tells who asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Etiquette:
    """The habits of one client; in headers, `{version}` stands for the installed version."""

    headers: Mapping[str, str]
    feed_headers: Mapping[str, str] = field(default_factory=dict)  # besides, for the feed alone
    patience: int  # seconds for the whole answer of a feed
    feed_pauses: tuple[int, ...] = (0,)  # seconds before each try at a feed
    download_pauses: tuple[int, ...] = (0,)  # seconds before each try at an address of a download
    download_silence: int = 30  # seconds without a byte of a download
    least_rate: int = 0  # bytes per second of a download; one that stays below for 15 seconds is given up
    on_error: str  # what the user sees when the server answers with an error
    takes_error_pages: bool = False  # reads the body of an error as if it were a feed
    refuses_downgrades: bool = False  # from https to http, in a redirect
    asks_for_name: bool = False  # with HEAD, before a download
    needs_length: bool = False  # refuses a download without Content-Length
    checks_length: bool = False  # refuses a file of another length than the feed says
    takes_digests: bool = False  # a SHA-256 in hex where a signature belongs

    def for_feed(self, version: str) -> dict[str, str]:
        """Give the headers of a request for the feed."""
        return {**self.for_file(version), **self.feed_headers}

    def for_file(self, version: str) -> dict[str, str]:
        """Give the headers of a request for an installer."""
        shown = "".join(character for character in version if character.isascii() and character.isprintable())
        return {name: value.replace("{version}", shown) for name, value in self.headers.items()}

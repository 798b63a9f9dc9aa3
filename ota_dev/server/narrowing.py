"""What a request narrows a feed to: its path goes before its query, and that before its headers. Pure."""

from collections.abc import Callable
from typing import TypeVar

from ota_dev.catalog.languages import named_language, preferred_languages
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.policy_values import channel_name, version_text
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.server.messages import Request

__all__ = ["UnanswerableError", "narrowing_of", "negotiates_language"]

_Value = TypeVar("_Value")


class UnanswerableError(Exception):
    """No feed is what the request asks for; the status and the message are the answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def narrowing_of(request: Request, address: FeedAddress) -> Narrowing:
    """Read what the feed at *address* is asked for; a parameter without a value is as good as none.

    Raises:
        UnanswerableError: a part of the path (404) or of the query (400) cannot be used.
    """
    query = request.query
    return Narrowing(
        platform=_read(Platform.named, address.system, query.get("os")),
        architecture=_read(Architecture.named, address.architecture, query.get("arch")),
        channel=_read(channel_name, address.channel, query.get("channel")),
        languages=_read(_language, address.language, query.get("language")) or _negotiated(request),
        newest=_read(_version, None, query.get("newest")),
    )


def negotiates_language(request: Request, address: FeedAddress) -> bool:
    """Say whether the header `Accept-Language` chooses the language, since neither path nor query names one."""
    return address.language is None and "language" not in request.query


def _negotiated(request: Request) -> tuple[str, ...] | None:
    # Without a language all of them stay, and Sparkle itself chooses; so it is where the header names none.
    return preferred_languages(request.headers.get("accept-language") or "") or None


def _read(read: Callable[[str], _Value], in_path: str | None, in_query: str | None) -> _Value | None:
    for status, text in ((404, in_path), (400, in_query)):
        if text is not None:
            try:
                return read(text)
            except ValueError as error:
                raise UnanswerableError(status, f"{error}.") from error
    return None


def _language(text: str) -> tuple[str, ...]:
    return (named_language(text),)


def _version(text: str) -> Version:
    return Version(version_text(text))

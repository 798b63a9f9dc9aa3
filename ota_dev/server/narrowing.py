"""What a request narrows a feed to: its path goes before its query, and that before its headers. Pure."""

from collections.abc import Callable
from typing import TypeVar

from ota_dev.catalog.languages import named_language, preferred_languages
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.policy_values import channel_name, version_text
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.interface import Question
from ota_dev.server.messages import Request

__all__ = ["UnanswerableError", "negotiates_language", "question_of"]

_Value = TypeVar("_Value")


class UnanswerableError(Exception):
    """No feed is what the request asks for; the status and the message are the answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def question_of(request: Request, address: FeedAddress, form_parameter: str | None = None) -> Question:
    """Read what the feed at *address* is asked for; a parameter without a value is as good as none.

    The value of *form_parameter* goes behind the form that the name says.

    Raises:
        UnanswerableError: a part of the path (404) or of the query (400) cannot be used.
    """
    query = request.query
    narrowing = Narrowing(
        platform=_read(Platform.named, address.said.system, query.get("os")),
        architecture=_read(Architecture.named, address.said.architecture, query.get("arch")),
        channel=_read(channel_name, address.channel, query.get("channel")),
        languages=_read(_language, address.said.language, query.get("language")) or _negotiated(request),
        newest=_read(_version, None, query.get("newest")),
    )
    form = (address.said.form, query.get(form_parameter) if form_parameter else None)
    return Question(
        narrowing=narrowing,
        form=" ".join(filter(None, form)),
        host_version=_read(_version, address.said.host_version, None),
    )


def negotiates_language(request: Request, address: FeedAddress) -> bool:
    """Say whether the header `Accept-Language` chooses the language, since neither path nor query names one."""
    return address.said.language is None and "language" not in request.query


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

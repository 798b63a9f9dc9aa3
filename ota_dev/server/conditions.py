"""Conditional requests: what the client has already, against what is on offer. RFC 9110 section 13. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from ota_dev.server.messages import Request

__all__ = ["Validators", "etag_of"]

_ENTITY_TAG = re.compile(r'(?P<weak>W/)?(?P<tag>"[^"]*")')


def etag_of(state: bytes) -> str:
    """Give the strong entity tag, with its quotes, of whatever *state* tells from all others."""
    return f'"{sha256(state).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a resource from another."""

    etag: str  # strong, with its quotes
    modified: datetime | None = None  # UTC, to the second

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers that state them."""
        return {"ETag": self.etag, **({"Last-Modified": self._last_modified} if self.modified else {})}

    @property
    def _last_modified(self) -> str:
        return format_datetime(self.modified, usegmt=True) if self.modified else ""

    def precondition_fails(self, request: Request) -> bool:
        """Say whether `If-Match` or `If-Unmodified-Since` forbids an answer (412)."""
        if (tags := request.headers.get("if-match")) is not None:
            return not self._matches(tags, weakly=False)
        since = _date(request.headers.get("if-unmodified-since"))
        return since is not None and self.modified is not None and self.modified > since

    def client_is_current(self, request: Request) -> bool:
        """Say whether the client has this state already (304); `If-None-Match` goes before the date."""
        if (tags := request.headers.get("if-none-match")) is not None:
            return self._matches(tags, weakly=True)
        since = _date(request.headers.get("if-modified-since"))
        return since is not None and self.modified is not None and self.modified <= since

    def range_applies(self, request: Request) -> bool:
        """Say whether `If-Range` allows a part to be sent: only what the client has of this very state may be resumed.

        A weak entity tag never matches, and a date only as it was given.
        """
        condition = request.headers.get("if-range")
        return condition is None or condition.strip() in (self.etag, self._last_modified or self.etag)

    def _matches(self, tags: str, *, weakly: bool) -> bool:
        if tags.strip() == "*":
            return True
        return any(match["tag"] == self.etag and (weakly or not match["weak"]) for match in _ENTITY_TAG.finditer(tags))


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        date = parsedate_to_datetime(text)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

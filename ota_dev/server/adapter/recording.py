"""What the journal is told of an answer: every text made safe to show, every list and length bounded. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from ota_dev.catalog.safe_text import escape_control
from ota_dev.journal import Exchange, asking_client
from ota_dev.server.adapter.sink import Progress
from ota_dev.server.messages import Request, Response

__all__ = ["exchange_of", "is_recorded", "masked"]

MOST_FIELDS = 50
_LONGEST_VALUE = 1_000  # characters
_MASK = "(not shown)"
# Any parameter whose name ends so: what the printed address of the control API holds, and secrets of clients too.
_TOKEN = re.compile(r"(token=)[^&#\s]+", re.IGNORECASE)
_SECRET = ("authorization", "cookie", "proxy-authorization", "set-cookie")


def is_recorded(request: Request, response: Response) -> bool:
    """Say whether this is for the journal: the dashboard and the control API are not."""
    return response.is_journalled and not request.is_for_control


def exchange_of(
    request: Request, response: Response, progress: Progress, started: datetime, duration: timedelta
) -> Exchange:
    """Put an exchange together from its two ends and what happened between them."""
    fields = ((name, value) for name, values in request.headers.items() for value in values)
    return Exchange(
        started=started,
        peer=escape_control(request.peer),
        method=escape_control(request.method),
        target=escape_control(masked(request.target)),
        client=asking_client(request.headers.get("user-agent") or "", request.query),
        status=response.status,
        expected=response.length,
        sent=progress.sent,
        duration=duration,
        offered=response.offered,
        outcome=progress.outcome,
        note=escape_control(progress.note or response.reason),
        subject=response.subject,
        in_force=response.in_force,
        transfer=progress.transfer,
        samples=progress.samples.until(duration.total_seconds(), progress.sent) if progress.transfer else (),
        is_broken=response.is_broken,
        base=escape_control(response.base),
        request_headers=_shown(fields),
        response_headers=_shown(response.all_headers.items()),
    )


def masked(text: str) -> str:
    """Hide the tokens in an address, or in a header that may hold one."""
    return _TOKEN.sub(r"\1***", text)


def _shown(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    bounded = zip(range(MOST_FIELDS), fields, strict=False)
    return tuple((escape_control(name, _LONGEST_VALUE), _value(name, value)) for _, (name, value) in bounded)


def _value(name: str, value: str) -> str:
    return _MASK if name.lower() in _SECRET else escape_control(masked(value), _LONGEST_VALUE)

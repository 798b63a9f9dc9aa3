"""Values out of the query or the JSON body of a request to the control API. Pure.

Every reader raises `UsageError` with what to write instead.
"""

import json
from collections.abc import Collection, Mapping
from datetime import timedelta

from ota_dev.documents import suggestion
from ota_dev.errors import UsageError
from ota_dev.scenarios.values import DURATION
from ota_dev.server.messages import Request

__all__ = ["check_names", "read_duration", "read_number", "read_object", "read_text", "read_yes_no"]

_LONGEST_NUMBER = 12  # digits
_LONGEST_SHOWN = 40  # characters


def read_object(request: Request, names: Collection[str]) -> Mapping[str, object]:
    """Read the JSON object in the body, with no other *names*; an empty body is an empty object."""
    try:
        value = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise UsageError("the body of the request is not JSON") from error
    if not isinstance(value, dict):
        raise UsageError('the body of the request is not a JSON object, such as {"name": "value"}')
    check_names(value, names)
    return value


def check_names(given: Collection[str], known: Collection[str]) -> None:
    """Refuse names that are not *known*."""
    for name in given:
        if name not in known:
            remedy = suggestion(name, tuple(known)) if known else "it takes none"
            raise UsageError(f"there is no parameter {name[:_LONGEST_SHOWN]!r}, {remedy}")


def read_text(values: Mapping[str, object], name: str) -> str | None:
    """Read a text, `None` where it is null or left out."""
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name} is a text or null")
    return value


def read_duration(values: Mapping[str, object], name: str, most: timedelta) -> timedelta | None:
    """Read a time such as `30s`, of *most* at most."""
    if (text := read_text(values, name)) is None:
        return None
    try:
        duration = DURATION.read(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error
    if duration > most:
        raise UsageError(f"{name} is at most {most.total_seconds():g}s")
    return duration


def read_number(values: Mapping[str, object], name: str, default: int = 0) -> int:
    """Read a number that is not negative."""
    text = str(values.get(name, default))
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        raise UsageError(f"{name} is a whole number, not {text[:_LONGEST_SHOWN]!r}")
    return int(text)


def read_yes_no(values: Mapping[str, object], name: str) -> bool | None:
    """Read `true` or `false`, `None` where it is left out."""
    text = values.get(name)
    if text not in (None, "true", "false"):
        raise UsageError(f"{name} is true or false")
    return None if text is None else text == "true"

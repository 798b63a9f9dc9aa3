"""Waits until a client has asked for something, or says what it asked for instead. Reads the journal."""

from collections.abc import Callable
from datetime import timedelta

from ota_dev.catalog.resources import Resource
from ota_dev.errors import NotSeenError, UsageError
from ota_dev.journal import Exchange, Journal

__all__ = ["TIMEOUT", "wait_for"]

TIMEOUT = 10.0  # seconds
MOST_NAMED = 5  # exchanges in a message


def wait_for(
    journal: Journal, wanted: str | Callable[[Exchange], bool], *, timeout: float = TIMEOUT, since: int = 0
) -> Exchange:
    """Wait for the first exchange in *journal* after number *since* that is *wanted*, for *timeout* seconds.

    Raises:
        NotSeenError: none came in time.
        UsageError: *wanted* names nothing that is ever asked for.
    """
    is_wanted = _about(wanted) if isinstance(wanted, str) else wanted
    found = journal.wait_for(is_wanted, timeout=timedelta(seconds=timeout), since=since)
    if found is None:
        name = f"a {wanted}" if isinstance(wanted, str) else "what is waited for"
        raise NotSeenError(f"no client asked for {name} within {timeout:g} s: {_what_came(journal.since(since))}")
    return found


def _about(name: str) -> Callable[[Exchange], bool]:
    if name not in list(Resource):
        raise UsageError(f"{name!r} is never asked for: wait for one of {', '.join(Resource)}, or give a function")
    return lambda exchange: exchange.resource == name


def _what_came(exchanges: tuple[Exchange, ...]) -> str:
    if not exchanges:
        return "nothing was asked for, so check that the client uses the address of this server"
    latest = ", ".join(f"{each.method} {each.target} ({each.status})" for each in exchanges[-MOST_NAMED:])
    earlier = len(exchanges) - MOST_NAMED
    return f"it saw {latest}" + (f" and {earlier} earlier" if earlier > 0 else "")

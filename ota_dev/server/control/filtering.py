"""Which exchanges a request to the control API is about, read from its query. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Self

from ota_dev.catalog.resources import Resource
from ota_dev.errors import UsageError
from ota_dev.journal import Exchange, Outcome
from ota_dev.server.control.reading import check_names, read_number, read_yes_no

__all__ = ["ExchangeFilter"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeFilter:
    """What an exchange has to be; a field that is not set lets every one through."""

    since: int = 0  # the number of an exchange: only later ones
    resource: Resource | None = None
    client: str | None = None  # the client's family, app or address, in any case, with * and ?
    path: str | None = None  # the path that was asked for, with * and ?
    method: str | None = None
    status: int | None = None
    completed: bool | None = None
    base: str | None = None  # such as `/with/slow-3g`

    @classmethod
    def of(cls, query: Mapping[str, str], others: Collection[str] = ()) -> Self:
        """Read the parameters of a request, among which there may be *others*.

        Raises:
            UsageError: there is no such parameter, or it cannot have this value.
        """
        check_names(query, [*(field.name for field in fields(cls)), *others])
        return cls(
            since=read_number(query, "since"),
            resource=_resource(query.get("resource")),
            client=query.get("client"),
            path=query.get("path"),
            method=query.get("method"),
            status=read_number(query, "status") if "status" in query else None,
            completed=read_yes_no(query, "completed"),
            base=query.get("base"),
        )

    def lets(self, exchange: Exchange) -> bool:
        """Say whether *exchange* is one of those."""
        return (
            exchange.number > self.since
            and self.resource in (None, exchange.resource)
            and (self.client is None or _is_client(exchange, self.client.lower()))
            and (self.path is None or fnmatchcase(exchange.target.partition("?")[0], self.path))
            and (self.method is None or self.method.upper() == exchange.method)
            and self.status in (None, exchange.status)
            and self.completed in (None, exchange.outcome is Outcome.COMPLETED)
            and self.base in (None, exchange.base)
        )


def _is_client(exchange: Exchange, pattern: str) -> bool:
    names = (exchange.client.family, exchange.client.app or "", exchange.peer)
    return any(fnmatchcase(name.lower(), pattern) for name in names)


def _resource(text: str | None) -> Resource | None:
    try:
        return Resource(text) if text is not None else None
    except ValueError as error:
        raise UsageError(f"resource is one of {', '.join(Resource)}") from error

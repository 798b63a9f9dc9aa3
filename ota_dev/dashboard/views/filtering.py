"""Which requests the page shows: those that have each of a few words in the right place. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

from ota_dev.journal import Exchange, Outcome

__all__ = ["RequestFilter"]

_LONGEST = 200  # characters
_ABORTED = "aborted"


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestFilter:
    """Words as somebody types them, in any case; an empty one lets everything through."""

    client: str = ""  # part of the client's family, app, version or address
    path: str = ""  # part of what was asked for
    status: str = ""  # how the status begins, such as `4` or `206`; or `aborted`

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Read the words that a query has."""
        words = {name: query.get(name, "").strip()[:_LONGEST] for name in ("client", "path", "status")}
        return cls(**words)

    @property
    def query(self) -> dict[str, str]:
        """Give the parameters of an address that asks for the same."""
        return {name: word for name, word in asdict(self).items() if word}

    def lets(self, exchange: Exchange) -> bool:
        """Say whether *exchange* is one of those."""
        client = exchange.client
        who = (client.family, client.app or "", client.version or "", exchange.peer)
        return (
            self.client.lower() in " ".join(who).lower()
            and self.path.lower() in exchange.target.lower()
            and self._lets_status(exchange)
        )

    def _lets_status(self, exchange: Exchange) -> bool:
        wanted = self.status.lower().rstrip("x")
        if wanted and _ABORTED.startswith(wanted):
            return exchange.outcome is Outcome.ABORTED
        return str(exchange.status).startswith(wanted)

"""One request and what became of it, as a value. Pure: the times are handed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ota_dev.catalog.versions import Version, compare
from ota_dev.journal.clients import Client

__all__ = ["Exchange", "Outcome", "describe_offer"]


class Outcome(StrEnum):
    """How an exchange ended."""

    COMPLETED = "completed"
    ABORTED = "aborted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One request and its answer; every text is safe to show."""

    started: datetime
    peer: str  # the address of the client, without its port
    method: str
    target: str  # as the client sent it, with the query
    client: Client
    status: int
    expected: int  # bytes of body that a complete answer has
    sent: int  # bytes of body that the operating system took; a little more than what the client received
    duration: timedelta
    offered: str = ""  # such as `offered 1.3.0 to 1.2.0`; empty unless a feed was answered
    outcome: Outcome = Outcome.COMPLETED
    note: str = ""  # why it was aborted or failed; empty when all is well

    @property
    def completion(self) -> float:
        """Give the part of the body that was sent, from 0 to 1."""
        return min(self.sent / self.expected, 1.0) if self.expected else 1.0


def describe_offer(client: Client, newest: Version | None) -> str:
    """Say what a feed whose newest short version is *newest* means for *client*.

    Versions are compared by Sparkle's rules, whatever the client's own; a client without a version could be offered
    anything.
    """
    if newest is None:
        return "nothing on offer"
    if client.version is None:
        return f"offered {newest}"
    if compare(newest, Version(client.version)) > 0:
        return f"offered {newest} to {client.version}"
    return f"nothing newer than {client.version}"

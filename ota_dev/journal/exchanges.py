"""One request and what became of it, as a value. Pure: the times are handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ota_dev.catalog.resources import Resource
from ota_dev.catalog.versions import Version, compare
from ota_dev.journal.clients import Client
from ota_dev.journal.samples import Sample

__all__ = ["Exchange", "Outcome", "Subject", "describe_offer", "described"]


class Outcome(StrEnum):
    """How an exchange ended."""

    COMPLETED = "completed"
    ABORTED = "aborted"
    ONGOING = "ongoing"  # It has not ended yet.


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What an answer is about, and which part of it the body is."""

    resource: Resource
    name: str = ""  # of the feed, page or installer, as its URL has it
    first: int | None = 0  # the position of the body's first byte; `None` for a body in several parts
    total: int | None = None  # bytes of the whole, `None` where that does not matter
    companion_of: str = ""  # the installer that it was computed from, such as the map of whose blocks it is


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
    number: int = 0  # counted by the journal, from 1
    subject: Subject | None = None  # `None` for what is no part of an update, and for what was not found
    in_force: tuple[str, ...] = ()  # the scenarios and faults that bent this answer
    is_broken: bool = False  # they left nothing in it to go on with, and a client can tell
    base: str = ""  # what the client's addresses begin with, such as `/with/slow-3g`
    transfer: int = 0  # the number it had while it was on its way; 0 where that was too short to tell of
    samples: tuple[Sample, ...] = ()  # how far it was at which time, where it is a transfer
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()

    @property
    def resource(self) -> Resource | None:
        """Give the kind of thing that was asked for."""
        return self.subject.resource if self.subject else None

    @property
    def completion(self) -> float:
        """Give the part of the body that was sent, from 0 to 1."""
        return min(self.sent / self.expected, 1.0) if self.expected else 1.0

    @property
    def ended(self) -> datetime:
        """Give the moment when the answer was over."""
        return self.started + self.duration

    @property
    def asked_range(self) -> str:
        """Give the `Range` header of the request; empty where it has none."""
        return dict(self.request_headers).get("range", "")

    @property
    def failed(self) -> bool:
        """Say whether the client cannot be content with this answer."""
        return self.status >= 400 or self.outcome is Outcome.ABORTED


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


def described(exchange: Exchange) -> Mapping[str, object]:
    """Give *exchange* as values that JSON can hold; the same in the log, the file and the control API."""
    client, subject = exchange.client, exchange.subject
    return {
        "number": exchange.number,
        "transfer": exchange.transfer or None,
        "time": exchange.started.isoformat(),
        "peer": exchange.peer,
        "client": {"family": client.family, "app": client.app, "version": client.version, "os": client.os},
        "method": exchange.method,
        "target": exchange.target,
        "status": exchange.status,
        "resource": exchange.resource.value if exchange.resource else None,
        "name": subject.name if subject else None,
        "range": exchange.asked_range or None,
        "first": subject.first if subject else None,
        "total": subject.total if subject else None,
        "sent": exchange.sent,
        "expected": exchange.expected,
        "milliseconds": round(exchange.duration.total_seconds() * 1000, 1),
        "offered": exchange.offered,
        "completed": exchange.outcome is Outcome.COMPLETED,
        "note": exchange.note,
        "in_force": list(exchange.in_force),
    }

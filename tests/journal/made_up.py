"""Exchanges as an update client would leave them behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ota_dev.catalog.resources import Resource
from ota_dev.journal import Client, Exchange, Outcome, Subject, Transfer

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
INSTALLER = "Acme-Notes-1.3.0.dmg"
SIZE = 1_000
CLIENT = Client(family="Sparkle", app="Acme Notes", version="1.2.0")


def exchange(resource: Resource | None = None, *, at: float = 0, **fields: Any) -> Exchange:
    """Make an exchange that began *at* so many seconds and took none."""
    values: dict[str, Any] = {
        "peer": "127.0.0.1",
        "method": "GET",
        "target": "/",
        "client": CLIENT,
        "status": 200,
        "expected": 0,
        "sent": 0,
        "duration": timedelta(),
        "subject": Subject(resource=resource) if resource else None,
    }
    return Exchange(started=START + timedelta(seconds=at), **{**values, **fields})


def feed(version: str = "1.2.0", **fields: Any) -> Exchange:
    defaults = {"client": replace(CLIENT, version=version), "offered": f"offered 1.3.0 to {version}"}
    return exchange(Resource.FEED, **{**defaults, **fields})


def download(first: int | None = 0, sent: int = SIZE, **fields: Any) -> Exchange:
    """Make a download from the byte *first* on; one that does not reach the end was aborted."""
    start = first or 0
    defaults: dict[str, Any] = {
        "status": 206 if start else 200,
        "expected": SIZE - start,
        "sent": sent,
        "subject": Subject(resource=Resource.DOWNLOAD, name=INSTALLER, first=first, total=SIZE),
    }
    if start + sent < SIZE:
        defaults |= {"outcome": Outcome.ABORTED, "note": "the client went away"}
    return exchange(**{**defaults, **fields})


def transfer(number: int = 1, *, sent: int = SIZE // 2, rate: float = 100, **fields: Any) -> Transfer:
    """Make a download that is on its way."""
    so_far = download(sent=sent, outcome=Outcome.ONGOING, note="", transfer=number, **fields)
    return Transfer(so_far=so_far, rate=rate)


def numbered(*exchanges: Exchange) -> tuple[Exchange, ...]:
    """Number exchanges as a journal does."""
    return tuple(replace(entry, number=number) for number, entry in enumerate(exchanges, 1))

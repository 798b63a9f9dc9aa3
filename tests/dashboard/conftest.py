"""Exchanges and states out of a few words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.dashboard import State
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.journal import Exchange, Outcome, Subject, asking_client

START = datetime(2026, 11, 1, 12, tzinfo=UTC)

MakeExchange = Callable[..., Exchange]
MakeState = Callable[..., State]


@pytest.fixture
def exchange() -> MakeExchange:
    """Make an exchange: `exchange("/appcast.xml", number=3, status=404, agent="curl/8", aborted="it went away")`."""

    def make(
        target: str = "/appcast.xml", *, status: int = 200, agent: str = "curl/8.0", aborted: str = "", **said: Any
    ) -> Exchange:
        made = Exchange(
            started=START,
            peer="127.0.0.1",
            method="GET",
            target=target,
            client=asking_client(agent, {}),
            status=status,
            expected=1000,
            sent=1000,
            duration=timedelta(milliseconds=12),
            outcome=Outcome.ABORTED if aborted else Outcome.COMPLETED,
            note=aborted,
            number=1,
            subject=Subject(resource=Resource.FEED, name="appcast.xml"),
        )
        return replace(made, **said)

    return make


@pytest.fixture
def state() -> MakeState:
    """Make a state: `state(exchanges=(…,), publication=…)`."""

    def make(**said: Any) -> State:
        return replace(State(run="1", url="http://127.0.0.1:8080", folder="dist", feed=AppcastFeed()), **said)

    return make

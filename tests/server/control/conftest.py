"""A control API over values, asked without a socket."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ota_dev.journal import Journal
from ota_dev.lint import CurrentFindings, FeedFinding, PublishedFindings, lint_content
from ota_dev.publishing import LivePublication
from ota_dev.server.application import Application
from ota_dev.server.control import Access, Changing, Choosing, ControlApi, Events, Linting, Watching, WhatIf
from ota_dev.server.in_force import Conditions
from ota_dev.server.messages import Request, Response, StreamBody
from ota_dev.server.stalls import Stalls
from tests.server.control.previews import Previews

TOKEN = "the-token"  # noqa: S105 - of no real server


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def events() -> Events:
    return Events(run="run")


@pytest.fixture
def rescans() -> list[str]:
    """Hold a word for each time that the folder was read again."""
    return []


@pytest.fixture
def conditions() -> Conditions:
    return Conditions(seed=1)


@pytest.fixture
def previews() -> Previews:
    return Previews()


@pytest.fixture
def findings() -> CurrentFindings:
    """Hold what is wrong with an empty feed."""
    current = CurrentFindings()
    found = (FeedFinding(feed="appcast.xml", finding=each) for each in lint_content(b"", "appcast.xml").findings)
    current.replace(PublishedFindings(revision=1, findings=tuple(found)))
    return current


@pytest.fixture
def changing(
    live: LivePublication, journal: Journal, events: Events, rescans: list[str], conditions: Conditions
) -> Changing:
    return Changing(
        live,
        journal,
        events,
        Stalls(),
        rescan=lambda: rescans.append("again"),
        resets=[conditions.reset],
    )


@pytest.fixture
def watching(live: LivePublication, journal: Journal, events: Events) -> Watching:
    return Watching(live, journal, events)


@pytest.fixture
def choosing(conditions: Conditions, events: Events) -> Choosing:
    return Choosing(conditions, events)


@pytest.fixture
def linting(findings: CurrentFindings, events: Events) -> Linting:
    return Linting(findings, events)


@pytest.fixture
def control(
    watching: Watching, changing: Changing, choosing: Choosing, linting: Linting, previews: Previews
) -> ControlApi:
    groups = (watching.routes, changing.routes, choosing.routes, linting.routes, WhatIf(previews).routes)
    return ControlApi(Access(TOKEN), *groups)


async def _content(response: Response) -> bytes:
    if isinstance(response.body, StreamBody):
        return b"".join([chunk async for chunk in response.body.open()])
    assert isinstance(response.body, bytes)
    return response.body


@pytest.fixture
def send(
    application: Callable[..., Application], control: ControlApi, request_for: Callable[..., Request]
) -> Callable[..., Response]:
    """Send a request to the whole application, as it is: `send("/_ota/api/v1/state", Cookie="...")`."""

    def send_once(
        target: str, method: str = "GET", body: bytes = b"", plain_port: int | None = None, **headers: str
    ) -> Response:
        request = replace(request_for(target, method, **headers), body=body, plain_port=plain_port)
        return asyncio.run(application(control=control).answer(request))

    return send_once


@pytest.fixture
def call(control: ControlApi, request_for: Callable[..., Request]) -> Callable[..., tuple[int, Any]]:
    """Call a route as a script with the token does: `status, answer = call("POST", "reset", {})`."""

    def call_once(method: str, route: str, posted: object = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        body = b"" if posted is None else json.dumps(posted).encode()
        request = replace(request_for(f"/_ota/api/v1/{route}", method, **headers), body=body)

        async def answer() -> tuple[int, Any]:
            response = await control.answer(request)
            return response.status, json.loads(await _content(response))

        return asyncio.run(answer())

    return call_once

"""What the client of a request makes of its feed."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.dashboard import Answer, State
from ota_dev.dashboard.views.verdict import verdict_asked, verdict_of
from ota_dev.journal import Client, Exchange, Subject

MakeExchange = Callable[..., Exchange]
MakeState = Callable[..., State]

SPARKLE = Client(family="Sparkle", app="Acme Notes", version="1.2.0")

ASKED: dict[str, tuple[Client, dict[str, str]]] = {
    "Sparkle": (SPARKLE, {"client": "sparkle", "version": "1.2.0"}),
    "Sparkle with a system profile": (
        replace(SPARKLE, os="14.2"),
        {"client": "sparkle", "version": "1.2.0", "os": "macos-14.2"},
    ),
    "WinSparkle": (Client(family="WinSparkle", version="1.2.0"), {"client": "winsparkle", "version": "1.2.0"}),
    "NetSparkle on the system that it says": (
        Client(family="NetSparkle", version="1.2.0", os="linux"),
        {"client": "netsparkle", "version": "1.2.0", "os": "linux"},
    ),
    "a system that means nothing": (replace(SPARKLE, os="x&feed=/"), {"client": "sparkle", "version": "1.2.0"}),
    "a version that is no word": (
        replace(SPARKLE, version="1&client=generic"),
        {"client": "sparkle", "version": "1&client=generic"},
    ),
}


@pytest.mark.parametrize(("client", "said"), ASKED.values(), ids=ASKED)
def test_the_client_is_simulated_as_far_as_the_request_tells_of_it(
    client: Client, said: dict[str, str], exchange: MakeExchange, state: MakeState
) -> None:
    target = "/with/min-os/appcast.xml?x=1"
    now = state(exchanges=(exchange(target, number=3, client=client),))

    asked = urlsplit(verdict_asked(now, {"number": "3"}) or "")

    assert asked.path == "/_ota/api/v1/what-if"
    assert parse_qs(asked.query) == {name: [value] for name, value in {**said, "feed": target}.items()}


NOBODY: dict[str, dict[str, Any]] = {
    "a tool": {},
    "an app without a version": {"client": Client(family="Sparkle")},
    "no feed": {"client": SPARKLE, "subject": Subject(resource=Resource.DOWNLOAD, name="a.xml")},
    "a feed of another kind": {"client": SPARKLE, "subject": Subject(resource=Resource.FEED, name="api/check")},
    "what was not found": {"client": SPARKLE, "subject": None},
    "an address in full": {"client": SPARKLE, "target": "http://127.0.0.1/appcast.xml"},
    "another number": {"client": SPARKLE, "number": 4},
}


@pytest.mark.parametrize("said", NOBODY.values(), ids=NOBODY)
def test_of_whom_too_little_is_known_nobody_guesses(
    said: dict[str, Any], exchange: MakeExchange, state: MakeState
) -> None:
    asked = replace(exchange(number=3), **said)

    assert verdict_asked(state(exchanges=(asked,)), {"number": "3"}) is None


def test_a_question_that_is_refused_has_no_verdict(state: MakeState) -> None:
    refusal = Answer(status=400, media_type="application/json", content=json.dumps({"error": "no"}).encode())

    assert verdict_of(state(answer=refusal), SPARKLE) is None

"""A request and its answer as text."""

import shlex
from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.dashboard.views.wire import curl_command, raw_request, raw_response
from ota_dev.journal import Exchange, Subject

MakeExchange = Callable[..., Exchange]

SERVER = "http://127.0.0.1:8080"
DOWNLOAD = Subject(resource=Resource.DOWNLOAD, name="Acme.dmg", total=9)


def test_request_and_answer_are_shown_as_they_went_over_the_wire(exchange: MakeExchange) -> None:
    asked = exchange(request_headers=(("host", "a"), ("range", "bytes=0-1")), response_headers=(("ETag", '"1"'),))

    assert raw_request(asked) == "GET /appcast.xml HTTP/1.1\nhost: a\nrange: bytes=0-1"
    assert raw_response(asked) == 'HTTP/1.1 200 OK\nETag: "1"'


@pytest.mark.parametrize(("status", "text"), [(0, ""), (599, "HTTP/1.1 599")])
def test_an_answer_without_a_status_or_a_known_reason_has_none(exchange: MakeExchange, status: int, text: str) -> None:
    assert raw_response(exchange(status=status)) == text


COMMANDS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "what was sent, and not what curl says by itself": (
        {"request_headers": (("host", "a"), ("user-agent", "Acme Notes/1.2.0 Sparkle/2.9.0"), ("accept", "*/*"))},
        ["--include", "-H", "user-agent: Acme Notes/1.2.0 Sparkle/2.9.0", "-H", "accept: */*", f"{SERVER}/appcast.xml"],
    ),
    "no field that the client did not send": (
        {},
        ["--include", "-H", "accept:", "-H", "user-agent:", f"{SERVER}/appcast.xml"],
    ),
    "no secret": (
        {"request_headers": (("accept", "a"), ("user-agent", "u"), ("authorization", "(not shown)"), ("x-empty", ""))},
        ["--include", "-H", "accept: a", "-H", "user-agent: u", "-H", "x-empty;", f"{SERVER}/appcast.xml"],
    ),
    "a question without a body": (
        {"method": "HEAD"},
        ["--head", "-H", "accept:", "-H", "user-agent:", f"{SERVER}/appcast.xml"],
    ),
    "a file goes into one, and not to the terminal": (
        {"subject": DOWNLOAD},
        ["--dump-header", "-", "--output", "download", "-H", "accept:", "-H", "user-agent:", f"{SERVER}/appcast.xml"],
    ),
    "an address that curl would change": (
        {"target": "/a/../[1]"},
        ["--path-as-is", "--globoff", "--include", "-H", "accept:", "-H", "user-agent:", f"{SERVER}/a/../[1]"],
    ),
}


@pytest.mark.parametrize(("said", "words"), COMMANDS.values(), ids=COMMANDS)
def test_the_command_asks_the_same(exchange: MakeExchange, said: dict[str, Any], words: list[str]) -> None:
    assert shlex.split(curl_command(exchange(**said), SERVER)) == ["curl", *words]


@pytest.mark.parametrize("hostile", ["/$(id)", "/`id`", "/';id;'", '/"&&id', "/a b\\"])
def test_nothing_that_a_client_says_becomes_a_command(exchange: MakeExchange, hostile: str) -> None:
    words = shlex.split(curl_command(exchange(hostile, request_headers=(("x", hostile),)), SERVER))

    assert words[-1] == f"{SERVER}{hostile}"
    assert f"x: {hostile}" in words

"""What a client would make of the feed, asked of the control API."""

from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.server.messages import Response
from tests.server.control.previews import Previews
from tests.simulated_client.asking import feed_of, item_of

Call = Callable[..., tuple[int, Any]]
ORIGIN = "http://127.0.0.1:8080"
PHASED = feed_of(
    item_of(
        "1.3.0",
        "<pubDate>Sat, 07 Mar 2026 12:00:00 +0000</pubDate>",
        "<sparkle:phasedRolloutInterval>86400</sparkle:phasedRolloutInterval>",
        attributes='sparkle:os="macos"',
    )
)

REFUSED = {
    "no version": ("client=sparkle", "version is missing"),
    "an unknown client": ("version=1&client=sparkel", "client is one of sparkle, winsparkle, netsparkle, generic"),
    "an unknown system": ("version=1&os=beos", "'beos' is no operating system"),
    "a system that the client does not run on": ("version=1&os=linux", "Sparkle 2.9 does not run on linux"),
    "a client that runs anywhere": ("version=1&client=generic", "os is missing"),
    "an unknown architecture": ("version=1&arch=z80", "arch: 'z80' is no architecture"),
    "a channel that is none": ("version=1&channel=a/b", "channel: 'a/b' is no channel's name"),
    "a group that there is not": ("version=1&group=7", "group is a number from 0 to 6"),
    "a time that is none": ("version=1&at=today", "at: today is no date"),
    "neither yes nor no": ("version=1&background=perhaps", "background is true or false"),
    "a feed elsewhere": ("version=1&feed=http://example.com/", "feed is the path of a feed here"),
    "an unknown parameter": ("version=1&verison=2", "there is no parameter 'verison'"),
}


@pytest.mark.parametrize(("query", "sentence"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_asked_is_refused_with_what_to_ask(call: Call, query: str, sentence: str) -> None:
    status, answer = call("GET", f"what-if?{query}")

    assert status == 400
    assert sentence in answer["error"]


def test_an_update_is_offered_with_the_feed_that_offers_it(call: Call) -> None:
    status, answer = call("GET", "what-if?version=1.2.0")

    assert status == 200
    assert (answer["feed"], answer["client"], answer["installed"]) == (f"{ORIGIN}/appcast.xml", "sparkle", "1.2.0")
    assert answer["offered"]["version"] == "1.3.0"
    assert [item["verdict"] for item in answer["items"]] == ["offered"]


def test_every_item_that_is_not_offered_has_its_reason(call: Call) -> None:
    _, answer = call("GET", "what-if?version=1.2.0&client=winsparkle")

    assert answer["offered"] is None
    assert [(item["verdict"], item["rule"]) for item in answer["items"]] == [("refused", "os-mark")]


FEEDS = {
    "Sparkle chooses among channels itself": ("channel=beta", "/appcast.xml"),
    "others are given the feed of a channel": ("client=winsparkle&channel=beta", "/channels/beta/appcast.xml"),
    "one app of several": ("app=acmenotes", "/apps/acmenotes/appcast.xml"),
    "a hand-written one asks for its own": ("client=generic&os=windows&arch=amd64", "/appcast-windows-x86_64.xml"),
    "a hand-written one of any architecture": ("client=generic&os=linux", "/appcast-linux.xml"),
    "whatever is named": ("feed=/with/no-update/appcast.xml", "/with/no-update/appcast.xml"),
}


@pytest.mark.parametrize(("query", "path"), FEEDS.values(), ids=list(FEEDS))
def test_the_feed_is_the_one_that_such_an_app_is_given(call: Call, previews: Previews, query: str, path: str) -> None:
    _, answer = call("GET", f"what-if?version=1.2.0&{query}")

    assert answer["feed"] == f"{ORIGIN}{path}"
    assert [request.target for request in previews.asked] == [path]


def test_it_is_asked_with_the_headers_of_the_client_and_not_those_of_who_wants_to_know(
    call: Call, previews: Previews
) -> None:
    call("GET", "what-if?version=1.2.0")

    (asked,) = previews.asked
    assert asked.headers.get("user-agent") == "ota-dev-check/1.2.0 Sparkle/2.9.6"
    assert asked.headers.get("host") == "127.0.0.1:8080"
    assert asked.headers.get("authorization") is None


GROUPS = {
    "a group whose turn is to come": ("group=4&at=2026-03-11T11:59:59Z&background=true", False),
    "a group whose turn it is": ("group=4&at=2026-03-11T12:00:00Z&background=true", True),
    "a check by hand": ("group=4&at=2026-03-08T00:00:00Z", True),
}


@pytest.mark.parametrize(("query", "is_offered"), GROUPS.values(), ids=list(GROUPS))
def test_a_phased_rollout_reaches_a_group_in_its_turn(
    call: Call, previews: Previews, query: str, is_offered: bool
) -> None:
    previews.answers[".xml"] = Response(status=200, body=PHASED)

    _, answer = call("GET", f"what-if?version=1.2.0&{query}")

    assert (answer["offered"] is not None) is is_offered


PROBLEMS = {
    "an error": (
        Response.plain(503, "Come back later."),
        "sparkle",
        "http-status",
        "503 (Come back later): Sparkle 2.9 says",
    ),
    "a redirection": (Response(status=302, headers={"Location": "/x"}), "sparkle", "redirect", "redirects to /x"),
    "no XML": (Response(status=200, body=b"<rss>"), "sparkle", "malformed-feed", "line 1"),
    "nothing": (Response(status=200, body=b""), "winsparkle", "malformed-feed", "the feed"),
    "an error that the client reads as a feed": (
        Response.plain(404, "Nothing here."),
        "generic",
        "malformed-feed",
        "the feed",
    ),
}


@pytest.mark.parametrize("case", PROBLEMS.values(), ids=list(PROBLEMS))
def test_where_there_is_no_feed_to_decide_about_the_problem_says_so(
    call: Call, previews: Previews, case: tuple[Response, str, str, str]
) -> None:
    response, client, rule, reason = case
    previews.answers[".xml"] = response
    system = "&os=macos" if client == "generic" else ""

    status, answer = call("GET", f"what-if?version=1.2.0&client={client}{system}")

    assert (status, answer["offered"], answer["items"]) == (200, None, [])
    assert answer["problem"]["rule"] == rule
    assert reason in answer["problem"]["reason"]

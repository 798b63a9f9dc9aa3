"""What the routes of the control API show and change."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.journal import Journal
from ota_dev.publishing import LivePublication, Publication
from ota_dev.server.control import ControlApi
from ota_dev.server.control.filtering import ExchangeFilter
from ota_dev.server.control.watching import _next_exchange
from tests.journal.made_up import download, exchange, feed

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def answered(call: Call) -> Callable[..., Any]:
    """Call a route that answers 200."""

    def answer(*arguments: object) -> Any:
        status, answer = call(*arguments)
        assert status == 200, answer
        return answer

    return answer


def test_the_state_says_what_is_on_offer_and_how_many_requests_came(
    answered: Callable[..., Any],
    live: LivePublication,
    journal: Journal,
    put: Callable[..., object],
    publish: Callable[..., Publication],
) -> None:
    before = answered("GET", "state")
    put("Acme.dmg", version="1.3.0")
    live.offer(publish(revision=7))
    journal.record(feed())

    after = answered("GET", "state")

    assert (before["revision"], before["apps"]) == (None, [])
    assert (after["revision"], after["apps"]) == (7, [{"key": "notes", "name": "Notes", "newest": "1.3.0"}])
    assert after["requests"] == {"latest": 1, "kept": 1, "dropped": 0}
    assert after["url"] == "http://127.0.0.1:8080"


def test_requests_are_given_from_where_the_reader_was_on(answered: Callable[..., Any], journal: Journal) -> None:
    for _ in range(5):
        journal.record(feed())

    first = answered("GET", "requests?since=1&limit=2")
    rest = answered("GET", "requests?since=3&resource=feed")

    assert ([each["number"] for each in first["requests"]], first["has_more"]) == ([2, 3], True)
    assert ([each["number"] for each in rest["requests"]], rest["has_more"], rest["latest"]) == ([4, 5], False, 5)


def test_one_request_has_its_headers(answered: Callable[..., Any], journal: Journal) -> None:
    journal.record(feed())
    journal.record(feed(request_headers=(("user-agent", "curl"),), response_headers=(("ETag", '"x"'),)))

    answer = answered("GET", "requests/2")

    assert answer["number"] == 2
    assert (answer["request_headers"], answer["response_headers"]) == ([["user-agent", "curl"]], [["ETag", '"x"']])


@pytest.mark.parametrize("number", ["0", "1", "3", "999999999999"])
def test_a_request_that_is_not_kept_is_not_found(call: Call, journal: Journal, number: str) -> None:
    journal.record(feed())
    journal.clear()
    journal.record(feed())

    assert call("GET", f"requests/{number}")[0] == 404


def test_forgotten_requests_leave_their_numbers(answered: Callable[..., Any], journal: Journal) -> None:
    journal.record(feed())

    assert answered("POST", "requests/clear", {}) == {"latest": 1}
    assert answered("GET", "requests")["requests"] == []


def test_clients_are_told_in_steps(answered: Callable[..., Any], journal: Journal) -> None:
    journal.record(feed())
    journal.record(download())

    [client] = answered("GET", "clients")["clients"]

    assert client["client"]["family"] == "Sparkle"
    assert [step["sentence"] for step in client["steps"]] == [
        "asked the feed: offered 1.3.0 to 1.2.0",
        "downloaded Acme-Notes-1.3.0.dmg",
    ]


def test_waiting_finds_what_came_before_the_call(answered: Callable[..., Any], journal: Journal) -> None:
    for each in (feed(), download(), download()):
        journal.record(each)

    assert answered("GET", "wait?resource=download&timeout=0s")["request"]["number"] == 2
    assert answered("GET", "wait?resource=download&timeout=0s&since=2")["request"]["number"] == 3


def test_waiting_in_vain_is_null(answered: Callable[..., Any], journal: Journal) -> None:
    journal.record(feed())

    assert answered("GET", "wait?resource=download&timeout=10ms") == {"request": None}
    assert journal._subscribers == {}


def test_waiting_misses_nothing_of_what_comes_meanwhile(journal: Journal) -> None:
    count = 300

    def record_all() -> None:
        for _ in range(count):
            journal.record(exchange())

    async def read_all() -> list[int]:
        recording = threading.Thread(target=record_all)
        recording.start()
        numbers = [0]
        while len(numbers) <= count:
            found = await _next_exchange(journal, ExchangeFilter(since=numbers[-1]), 10)
            assert found
            numbers.append(found.number)
        recording.join()
        return numbers[1:]

    assert asyncio.run(read_all()) == list(range(1, count + 1))


def test_an_expectation_is_judged_by_what_comes_after_it(answered: Callable[..., Any], journal: Journal) -> None:
    journal.record(feed())
    journal.record(download())

    before = answered("POST", "expectation", {"expect": "must not download", "within": "5s"})
    journal.record(feed())
    passing = answered("GET", "expectation")
    journal.record(download())
    failing = answered("GET", "expectation")
    none = answered("POST", "expectation", {"expect": None})

    assert (before["expect"], before["within"], before["since"]) == ("must-not-download", "5s", 2)
    assert [each["result"]["verdict"] for each in (before, passing, failing)] == ["not seen", "pass", "fail"]
    assert (failing["result"]["is_settled"], failing["result"]["number"]) == (True, 4)
    assert (none["expect"], none["result"]) == (None, None)


def test_nothing_stalls_and_nothing_is_released(answered: Callable[..., Any]) -> None:
    assert answered("GET", "stalls") == {"stalls": []}
    assert answered("POST", "stalls/release", {}) == {"released": 0}
    assert answered("POST", "stalls/release", {"number": 3}) == {"released": 0}


def test_the_folder_is_read_again_when_asked(answered: Callable[..., Any], rescans: list[str]) -> None:
    assert answered("POST", "rescan") == {"revision": None}
    assert rescans == ["again"]


def test_a_reset_forgets_requests_and_expectations(answered: Callable[..., Any], journal: Journal) -> None:
    journal.record(feed())
    answered("POST", "expectation", {"expect": "must-refuse"})

    answered("POST", "reset", {})

    assert journal.exchanges == ()
    assert answered("GET", "expectation")["expect"] is None


@pytest.mark.parametrize(
    ("method", "route", "posted", "message"),
    [
        ("GET", "requests?limit=many", None, "limit is a whole number"),
        ("GET", "wait?timeout=30", None, "timeout: "),
        ("GET", "wait?timeout=11m", None, "timeout is at most 600s"),
        ("GET", "wait?timout=1s", None, "no parameter 'timout'"),
        ("POST", "expectation", {}, "expect is missing"),
        ("POST", "expectation", {"expect": "must dance"}, "no such expectation"),
        ("POST", "expectation", {"expect": 3}, "expect is a text or null"),
        ("POST", "expectation", {"expect": "must-refuse", "within": "soon"}, "within: "),
        ("POST", "stalls/release", {"number": "one"}, "number is a whole number"),
        ("POST", "stalls/release", {"number": True}, "number is a whole number"),
        ("POST", "rescan", {"all": True}, "no parameter 'all', it takes none"),
        ("POST", "rescan", [], "not a JSON object"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    call: Call, method: str, route: str, posted: object, message: str
) -> None:
    status, answer = call(method, route, posted)

    assert status == 400
    assert message in answer["error"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 60_000, b"9" * 60_000, b'"text"', b"null"])
def test_a_body_that_is_no_json_object_is_refused(send: Callable[..., Any], body: bytes) -> None:
    headers = {"Authorization": "Bearer the-token", "Content-Type": "application/json"}

    response = send("/_ota/api/v1/reset", "POST", body, **headers)

    assert response.status == 400
    assert "JSON" in json.loads(response.body)["error"]


def test_a_get_changes_nothing(call: Call, journal: Journal, control: ControlApi, rescans: list[str]) -> None:
    journal.record(feed())
    call("POST", "expectation", {"expect": "must-refuse"})
    before = call("GET", "state")[1]

    for method, route in control.routes:
        if method == "GET" and route != "events":
            call(method, route.format(number=1) + ("?timeout=0s" if route == "wait" else ""))

    assert (call("GET", "state")[1], rescans) == (before, [])
    assert call("GET", "expectation")[1]["expect"] == "must-refuse"

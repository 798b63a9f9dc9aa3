"""What a client would make of the feed."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from ota_dev.dashboard import Answer, State
from ota_dev.dashboard.views.what_if import WhatIfView, what_if_asked, what_if_view

MakeState = Callable[..., State]

ITEM = {"version": "1300", "short_version": "1.3.0", "line": 3, "verdict": "offered", "rule": None, "reason": "it is"}
ANSWER = {
    "feed": "http://127.0.0.1:8080/appcast.xml",
    "client": "sparkle",
    "installed": "1.2.0",
    "offered": {"short_version": "1.3.0"},
    "problem": None,
    "warnings": [],
    "items": [ITEM],
}


@pytest.fixture
def shown(state: MakeState) -> Callable[..., WhatIfView]:
    """Show an answer of the control API: `shown(problem={...})`."""

    def show(**said: object) -> WhatIfView:
        content = json.dumps({**ANSWER, **said}).encode()
        view = what_if_view(state(answer=Answer(status=200, media_type="application/json", content=content)), {})
        assert view is not None
        return view

    return show


def test_the_question_is_that_of_the_control_api(state: MakeState) -> None:
    query = {"if-client": "winsparkle", "if-version": "1.2&3", "if-os": "windows", "if-os_version": "11", "client": "x"}

    asked = urlsplit(what_if_asked(state(), query))

    assert asked.path == "/_ota/api/v1/what-if"
    assert parse_qs(asked.query) == {"client": ["winsparkle"], "version": ["1.2&3"], "os": ["windows-11"]}


def test_a_version_of_a_system_without_a_system_is_not_asked(state: MakeState) -> None:
    assert "os" not in parse_qs(urlsplit(what_if_asked(state(), {"if-os_version": "11"})).query)


def test_who_says_nothing_asks_as_sparkle_with_some_version(state: MakeState) -> None:
    assert what_if_asked(state(), {}) == "/_ota/api/v1/what-if?client=sparkle&version=1.0"


def test_what_is_offered_is_told_with_a_verdict_for_each_item(shown: Callable[..., WhatIfView]) -> None:
    view = shown(items=[ITEM, {**ITEM, "verdict": "refused", "rule": "os-mark"}])

    assert view.offered == "1.3.0"
    assert [(item.verdict, item.sign, item.rule) for item in view.items] == [
        ("offered", "ok", ""),
        ("refused", "passed", "os-mark"),
    ]


def test_why_nothing_of_a_feed_is_used_is_told(shown: Callable[..., WhatIfView]) -> None:
    view = shown(offered=None, problem={"rule": "malformed-feed", "reason": "it ends too early"}, items=[])

    assert (view.offered, view.problem) == ("", "it ends too early")


def test_a_question_that_cannot_be_answered_says_why(state: MakeState) -> None:
    refusal = Answer(status=400, media_type="application/json", content=b'{"error": "os is missing."}')

    view = what_if_view(state(answer=refusal), {"if-client": "generic"})

    assert view is not None
    assert (view.refusal, view.question.client, view.items) == ("os is missing.", "generic", ())


def test_no_more_items_are_shown_than_one_reads(shown: Callable[..., WhatIfView]) -> None:
    view = shown(items=[ITEM] * 203)

    assert (len(view.items), view.left_out) == (200, 3)

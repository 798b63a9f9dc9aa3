"""The page as HTML, read by a parser that is not ours."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.catalog.resources import Resource
from ota_dev.dashboard import (
    Answer,
    Dashboard,
    Expecting,
    FaultInForce,
    StalledAnswer,
    State,
    asset_named,
    sign_in_page,
)
from ota_dev.journal import Exchange, Outcome, Result, Sample, Subject, Transfer, Verdict
from ota_dev.lint import FeedFinding, Finding, PublishedFindings
from ota_dev.lint.rules import RULES
from ota_dev.scenarios.catalogue import NORMAL, SCENARIOS
from ota_dev.translations import LANGUAGES

MakeExchange = Callable[..., Exchange]
MakeState = Callable[..., State]

HOSTILE = "<script>alert(1)</script>\"'&"

VERDICT = {
    "client": "sparkle",
    "installed": HOSTILE,
    "offered": None,
    "problem": {"rule": "malformed-feed", "reason": HOSTILE},
    "warnings": [HOSTILE],
    "items": [{"version": HOSTILE, "short_version": "1.3.0", "verdict": "refused", "rule": "x", "reason": HOSTILE}],
}
ANSWERED = Answer(status=200, media_type="application/json", content=json.dumps(VERDICT).encode())


class Elements(HTMLParser):
    """Collects the elements and the text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_client_says_becomes_markup(exchange: MakeExchange, state: MakeState, language: str) -> None:
    hostile = exchange(f"/{HOSTILE}", agent=f"{HOSTILE}/1", offered=HOSTILE, note=HOSTILE, in_force=(HOSTILE,))
    page = Elements(Dashboard(lambda: state(exchanges=(hostile,), folder=HOSTILE)).page(language, {"path": HOSTILE}))

    assert [(script["src"] or "").partition("?")[0] for script in page.of("script")] == [
        "/_ota/dashboard/assets/dashboard.js"
    ]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not page.of("style")


def test_a_request_is_shown_with_all_its_headers(exchange: MakeExchange, state: MakeState) -> None:
    asked = exchange(number=3, request_headers=(("user-agent", HOSTILE),), response_headers=(("ETag", '"1"'),))

    panel = Dashboard(lambda: state(exchanges=(asked,))).panel("request", "en", {"number": "3"})

    assert {"user-agent", HOSTILE, "ETag", '"1"'} <= set(Elements(panel or b"").texts)


HOSTILE_STATE = {
    "url": f"http://{HOSTILE}",
    "folder": HOSTILE,
    "known_scenarios": {**SCENARIOS, HOSTILE: replace(NORMAL, name=HOSTILE, does=HOSTILE, client_must=HOSTILE)},
    "scenarios": (f"informational:link={HOSTILE}",),
    "faults": (FaultInForce(spec=f"latency:path={HOSTILE}", struck=1),),
    "stalls": (StalledAnswer(number=1, target=HOSTILE, since=datetime(2026, 11, 1, tzinfo=UTC), sent=3),),
    "findings": PublishedFindings(
        revision=1,
        findings=(FeedFinding(feed=HOSTILE, finding=Finding(rule=RULES[0], place=None, evidence=HOSTILE)),),
    ),
    "expecting": Expecting(
        expectation=Expectation(of_client=Expected.MUST_REFUSE), result=Result(verdict=Verdict.FAIL, reason=HOSTILE)
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["in-force", "conditions", "findings", "setup"])
def test_nothing_hostile_becomes_markup_of_a_panel(state: MakeState, name: str, language: str) -> None:
    panel = Elements(Dashboard(lambda: state(**HOSTILE_STATE)).panel(name, language, {}) or b"")

    assert any(HOSTILE in text for text in panel.texts)
    assert not panel.of("script")
    assert not [name for _, attributes in panel.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_feed_is_text(state: MakeState, language: str) -> None:
    answer = Answer(status=200, media_type=HOSTILE, content=f"<rss>{HOSTILE}</rss>".encode(), in_force=(HOSTILE,))
    query = {"feed-language": HOSTILE, "feed-channel": HOSTILE}

    panel = Elements(Dashboard(state).panel("feed", language, query, answer) or b"")

    assert f"<rss>{HOSTILE}</rss>" in panel.texts
    assert not panel.of("script")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_item_is_text(state: MakeState, language: str) -> None:
    item = {"version": HOSTILE, "short_version": HOSTILE, "verdict": "refused", "rule": "os-mark", "reason": HOSTILE}
    told = {"feed": HOSTILE, "offered": {"short_version": HOSTILE}, "warnings": [HOSTILE], "items": [item]}
    answer = Answer(status=200, media_type="application/json", content=json.dumps(told).encode())

    panel = Elements(Dashboard(state).panel("what-if", language, {"if-version": HOSTILE}, answer) or b"")

    assert any(HOSTILE in text for text in panel.texts)
    assert not panel.of("script")
    assert HOSTILE in [field.get("value") for field in panel.of("input")]


def test_what_a_button_posts_is_json_whatever_is_in_force(state: MakeState) -> None:
    panel = Elements(Dashboard(lambda: state(**HOSTILE_STATE)).panel("in-force", "en", {}) or b"")

    posted = [json.loads(button["data-steps"] or "") for button in panel.of("button") if "data-steps" in button]
    assert [["faults", {"faults": []}]] in posted
    assert json.loads(panel.of("div")[0]["data-faults"] or "") == [f"latency:path={HOSTILE}"]


def test_every_field_has_a_label(state: MakeState) -> None:
    panel = Elements(Dashboard(lambda: state(known_scenarios=SCENARIOS)).panel("conditions", "en", {}) or b"")

    fields = [field["id"] for tag in ("input", "select") for field in panel.of(tag)]
    assert sorted(fields, key=str) == sorted((label["for"] for label in panel.of("label")), key=str)
    assert len(fields) == len(set(fields))


def test_scenarios_are_told_in_the_language_of_the_page(state: MakeState) -> None:
    panel = Dashboard(lambda: state(known_scenarios=SCENARIOS)).panel("conditions", "zh", {}) or b""

    assert NORMAL.does not in panel.decode()
    assert "文件夹里有什么就提供什么。" in panel.decode()


@pytest.fixture
def downloads(exchange: MakeExchange) -> tuple[Exchange, Exchange]:
    """Give a download that broke off after 410 bytes of 1000, and one that stalls there; both of a hostile name."""
    subject = Subject(resource=Resource.DOWNLOAD, name=HOSTILE, total=1000)
    samples = tuple(Sample(seconds / 10, seconds * 41) for seconds in range(11))
    ended = exchange(
        f"/downloads/{HOSTILE}", agent=f"{HOSTILE}/1 Sparkle/2", aborted=HOSTILE, subject=subject, sent=410
    )
    ended = replace(ended, samples=samples, transfer=1, base=f"/with/{HOSTILE}", number=5)
    return ended, replace(ended, number=0, transfer=2, outcome=Outcome.ONGOING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "query"),
    [("transfers", {}), ("clients", {}), ("request", {"number": "5"}), ("request", {"transfer": "2"})],
    ids=str,
)
def test_panels_of_transfers_make_no_markup_of_what_others_say_and_no_style(
    downloads: tuple[Exchange, Exchange], state: MakeState, language: str, name: str, query: dict[str, str]
) -> None:
    ended, going_on = downloads
    stall = StalledAnswer(number=3, target=going_on.target, since=ended.started, sent=410)
    now = state(exchanges=(ended,), ongoing=(Transfer(so_far=going_on),), stalls=(stall,))

    panel = Elements(Dashboard(lambda: now).panel(name, language, query, ANSWERED) or b"")

    assert any(HOSTILE in text for text in panel.texts)
    assert not panel.of("script")
    assert not [key for _, attributes in panel.elements for key in attributes if key.startswith("on") or key == "style"]


def test_a_transfer_is_told_in_words_beside_its_pictures(
    downloads: tuple[Exchange, Exchange], state: MakeState
) -> None:
    panel = Elements(Dashboard(lambda: state(exchanges=downloads[:1])).panel("request", "en", {"number": "5"}) or b"")

    assert "Asked for bytes 0 to 999 of 1,000" in panel.texts
    assert "Broke off at byte 410, at 41 % of the file" in panel.texts
    bar, plot = panel.of("svg")
    assert bar["aria-hidden"] == "true"
    assert (plot["aria-label"] or "").startswith("Throughput over 1.0 seconds")


def test_a_stall_can_be_released_where_it_is_shown(downloads: tuple[Exchange, Exchange], state: MakeState) -> None:
    stall = StalledAnswer(number=3, target=downloads[1].target, since=downloads[1].started, sent=410)
    now = state(ongoing=(Transfer(so_far=downloads[1]),), stalls=(stall,))

    panel = Elements(Dashboard(lambda: now).panel("transfers", "en", {}) or b"")

    assert [json.loads(button["data-steps"] or "") for button in panel.of("button")] == [
        [["stalls/release", {"number": 3}]]
    ]


def test_what_a_client_makes_of_its_feed_is_told_item_by_item(exchange: MakeExchange, state: MakeState) -> None:
    dashboard = Dashboard(lambda: state(exchanges=(exchange(number=1),)))

    panel = Elements(dashboard.panel("request", "en", {"number": "1"}, ANSWERED) or b"")

    assert {"it offers nothing.", "not offered", HOSTILE} <= set(panel.texts)


@pytest.mark.parametrize(("name", "query"), [("request", {"number": "9"}), ("request", {}), ("nothing", {})])
def test_there_is_no_panel_of_what_is_not_there(state: MakeState, name: str, query: dict[str, str]) -> None:
    assert Dashboard(state).panel(name, "en", query) is None


def test_the_requests_that_pass_the_filter_are_exported(exchange: MakeExchange, state: MakeState) -> None:
    exchanges = (exchange(number=1, status=404), exchange(number=2))

    exported = json.loads(Dashboard(lambda: state(exchanges=exchanges)).export({"status": "4"}))

    assert [request["number"] for request in exported["requests"]] == [1]


def test_the_page_and_its_assets_are_small(state: MakeState) -> None:
    assets = [asset_named(name) for name in ("dashboard.css", "dashboard.js")]

    assert sum(len(asset.content) for asset in assets if asset) + len(Dashboard(state).page("en", {})) < 100_000


def test_an_asset_is_found_by_name_and_never_by_path() -> None:
    assert asset_named("../dashboard.py") is None


def test_who_is_not_signed_in_learns_nothing_but_how_to_sign_in() -> None:
    assert "127.0.0.1" not in sign_in_page("en").decode()

"""What is found in whole feeds: from outside, from us, huge and hostile."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.lint import Report, Severity, lint_content
from ota_dev.lint.examples import sample
from ota_dev.lint.linting import MOST_OF_ONE_CODE
from tests.feeds.conftest import build_artifact
from tests.simulated_client.asking import feed_of, item_of
from tests.simulated_client.test_hostile_feeds import HUGE, ITEMS

OUTSIDE = Path(__file__).parents[1] / "feeds" / "appcast" / "outside"
QUICKLY = 10.0  # seconds, generously


def found(report: Report) -> list[tuple[int | None, str]]:
    return [(finding.place.line if finding.place else None, finding.rule.code) for finding in report.findings]


FROM_OUTSIDE = {
    "sparkle": [(16, "version-not-on-enclosure"), (28, "version-not-on-enclosure")],
    "winsparkle": [(20, "signature-only-dsa"), (24, "several-enclosures")],
    "netsparkle": [(1, "signature-of-netsparkle")],
    "by_hand": [(15, "file-kind-refused"), (19, "url-relative")],
}


@pytest.mark.parametrize("name", FROM_OUTSIDE)
def test_feeds_that_others_wrote_have_these_findings(name: str) -> None:
    report = lint_content((OUTSIDE / f"{name}.xml").read_bytes(), name)

    assert found(report) == FROM_OUTSIDE[name]


@pytest.mark.parametrize(
    "artifacts",
    [
        [
            build_artifact(build="130", minimum_os="11.0"),
            build_artifact("Acme-1.2.0.dmg", short_version="1.2.0", build="120"),
        ],
        [build_artifact("Acme-1.3.0.exe"), build_artifact("Acme-1.3.0.dmg"), build_artifact("Acme-1.3.0.AppImage")],
    ],
    ids=["a Mac app with builds", "an app for three systems"],
)
@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8080/downloads/", "https://acme.example/"])
def test_our_own_feed_of_normal_installers_is_without_findings(artifacts: list[Artifact], base_url: str) -> None:
    feed = AppcastFeed().render(App.of("acmenotes", "Acme Notes", artifacts), Links(base_url))

    assert found(lint_content(feed, "ours")) == []


def test_a_place_is_that_of_the_value_in_lines_and_characters() -> None:
    known = 'length="1" sparkle:os="macos"'
    feed = feed_of(item_of("1.0", attributes=known), "<title>ö</title>" + item_of("v2", attributes=known))

    finding = lint_content(feed, "the feed").findings[0]

    assert finding.rule.code == "version-begins-with-letter"
    assert (finding.place.line, finding.place.column) == (3, 23) if finding.place else False


def test_a_file_that_is_no_xml_is_a_finding_at_its_place() -> None:
    report = lint_content(b"<rss>\n<channel>Acme & Co</channel></rss>", "the feed")

    assert found(report) == [(2, "not-xml")]
    assert report.is_refused()


def test_warnings_count_only_when_they_are_asked_for() -> None:
    report = lint_content(feed_of(), "the feed")

    assert [finding.rule.severity for finding in report.findings] == [Severity.WARNING]
    assert not report.is_refused()
    assert report.is_refused(strict=True)


def test_no_more_of_one_code_are_given_than_a_person_reads() -> None:
    report = lint_content(feed_of(*[item_of(f"v{number}") for number in range(300)]), "the feed")

    assert report.count(Severity.ERROR) == MOST_OF_ONE_CODE


@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_whatever_the_bytes_there_is_a_report(content: bytes) -> None:
    assert lint_content(content, "the feed").findings


@given(st.lists(ITEMS, max_size=3))
def test_whatever_an_item_says_there_is_a_report(items: list[str]) -> None:
    assert isinstance(lint_content(feed_of(*items), "the feed"), Report)


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_feed_is_linted_quickly_with_short_evidence(name: str) -> None:
    start = time.perf_counter()

    report = lint_content(HUGE[name], "the feed")

    assert time.perf_counter() - start < QUICKLY
    assert all(len(finding.evidence) < 600 for finding in report.findings)


def test_a_feed_of_a_thousand_items_takes_less_than_a_second() -> None:
    items = "\n".join(sample(version=f"1.{number}.0") for number in range(1000, 0, -1))
    feed = feed_of().replace(b"</channel>", items.encode() + b"</channel>")
    start = time.perf_counter()

    report = lint_content(feed, "the feed")

    assert time.perf_counter() - start < 1.0
    assert report.findings == ()


PLACED = {
    "YAML": (b"version: 1.1.0\nfiles:\n  - url: \xc3\xbc.exe\n    size: 5\n", "electron-no-digest", (3, 5)),
    "JSON": (b'{"Assets": [\n  {"Version": "1"}\n]}', "velopack-version", (2, 15)),
    "lines": (b"%s A-1.0.0-full.nupkg 5\nhello\n" % (b"ab" * 20), "squirrel-line", (2, 1)),
    "broken JSON": (b'{"platforms": {\n  "a": }}', "tauri-not-json", (2, 8)),
    "broken YAML": (b"version: 1.1.0\nfiles: [\n", "electron-not-yaml", (3, 1)),
}


@pytest.mark.parametrize(("content", "code", "place"), PLACED.values(), ids=PLACED)
def test_findings_in_other_feeds_have_their_place(content: bytes, code: str, place: tuple[int, int]) -> None:
    [finding] = [one for one in lint_content(content, "the feed").findings if one.rule.code == code]

    assert finding.place
    assert (finding.place.line, finding.place.column) == place

"""What WinSparkle reads, refuses and chooses."""

from typing import Any

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import System
from tests.simulated_client.asking import ask, feed_of, item_of, verdicts

URL = 'url="https://acme.example/Acme.exe"'

VERSIONS = {
    "an element": (f"<sparkle:version>2.0</sparkle:version><enclosure {URL}/>", "2.0"),
    "an element with white space, as it stands": (
        f"<sparkle:version> 2.0\n</sparkle:version><enclosure {URL}/>",
        " 2.0\n",
    ),
    "an attribute": (f'<enclosure {URL} sparkle:version="2.0"/>', "2.0"),
    "an attribute after an element, which takes its place": (
        f'<sparkle:version>1.5</sparkle:version><enclosure {URL} sparkle:version="2.0"/>',
        "2.0",
    ),
    "an element after an attribute, which is added to it": (
        f'<enclosure {URL} sparkle:version="2.0"/><sparkle:version>2.0</sparkle:version>',
        "2.02.0",
    ),
    "the attribute of a file for another system": (
        f'<enclosure {URL} sparkle:os="windows" sparkle:version="2.0"/>'
        f'<enclosure {URL} sparkle:os="macos" sparkle:version="3.0"/>',
        "3.0",
    ),
    "the text of what is nested": (
        f"<sparkle:version>2.0</sparkle:version><enclosure {URL}/>"
        "<sparkle:informationalUpdate><sparkle:version>1.0</sparkle:version></sparkle:informationalUpdate>",
        "2.01.0",
    ),
}


@pytest.mark.parametrize(("item", "version"), VERSIONS.values(), ids=VERSIONS)
def test_the_version_is(item: str, version: str) -> None:
    assert ask(ClientName.WINSPARKLE, feed_of(item)).items[0].version == version


def marked(os: str) -> str:
    return item_of("2.0", attributes=f'sparkle:os="{os}"')


def needing(system: str) -> str:
    return item_of("2.0", f"<sparkle:minimumSystemVersion>{system}</sparkle:minimumSystemVersion>")


def on(system: str) -> dict[str, Any]:
    return {"system": System.parse(system)}


X64 = {"architecture": Architecture.X86_64}
RULES: dict[str, tuple[str, dict[str, Any], str]] = {
    "without a mark": (item_of("2.0"), {}, "offered"),
    "marked with nothing": (marked(""), {}, "offered"),
    "marked for windows": (marked("windows"), {}, "offered"),
    "marked for this architecture": (marked("windows-x64"), X64, "offered"),
    "marked for another architecture": (marked("windows-arm64"), X64, "refused: os-mark"),
    "marked in capital letters": (marked("Windows"), {}, "refused: os-mark"),
    "marked in short": (marked("win"), {}, "refused: os-mark"),
    "marked for macos": (marked("macos"), {}, "refused: os-mark"),
    "without a version": (f"<title>2.0</title><enclosure {URL}/>", {}, "refused: version"),
    "with a version in the file name only": (
        '<enclosure url="https://acme.example/Acme_2.0.exe"/>',
        {},
        "refused: version",
    ),
    "with neither file nor link": ("<sparkle:version>2.0</sparkle:version>", {}, "refused: enclosure"),
    "with a link alone": ("<sparkle:version>2.0</sparkle:version><link>https://acme.example</link>", {}, "offered"),
    "with a blank before the version": (
        "<sparkle:version> 2.0</sparkle:version><link>https://a.example</link>",
        {},
        "refused: newer-than-installed",
    ),
    "for a newer Windows": (needing("10.0.22000"), on("windows-10"), "refused: minimum-system-version"),
    "for just this Windows": (needing("10.0.22000"), on("windows-11"), "offered"),
    "for a Windows that does not exist": (needing("11.0"), on("windows-11"), "refused: minimum-system-version"),
    "for a service pack": (needing("6.1.1"), on("windows-7"), "offered"),
    "for a build behind a dash": (needing("10.0-19041"), on("windows-10"), "refused: minimum-system-version"),
    "for what is no Windows": (needing("Vista"), on("windows-7"), "offered"),
    "for a newer Windows, but nobody knows this one": (needing("10.0.22000"), {}, "offered"),
    "on a channel, which it ignores": (item_of("2.0", "<sparkle:channel>beta</sparkle:channel>"), {}, "offered"),
    "for older systems only, which it ignores": (
        item_of("2.0", "<sparkle:maximumSystemVersion>6.1</sparkle:maximumSystemVersion>"),
        on("windows-11"),
        "offered",
    ),
    "phased, which it ignores": (
        item_of(
            "2.0",
            "<pubDate>Sat, 07 Mar 2099 13:00:00 +0100</pubDate>",
            "<sparkle:phasedRolloutInterval>86400</sparkle:phasedRolloutInterval>",
        ),
        {"is_scheduled": True, "group": 6},
        "offered",
    ),
    "skipped": (item_of("2.0"), {"is_scheduled": True, "skipped": "2.0"}, "refused: skipped-version"),
    "skipped, in a check by hand": (item_of("2.0"), {"skipped": "2.0"}, "offered"),
    "older than what was skipped": (item_of("2.0"), {"is_scheduled": True, "skipped": "2.1"}, "offered"),
    "a zero longer than what is installed": (item_of("1.0.0"), {}, "offered"),
}


@pytest.mark.parametrize(("item", "profile", "verdict"), RULES.values(), ids=RULES)
def test_an_item(item: str, profile: dict[str, Any], verdict: str) -> None:
    assert verdicts(ask(ClientName.WINSPARKLE, feed_of(item), **profile)) == [verdict]


def files(*marks: str) -> str:
    return "<sparkle:version>2.0</sparkle:version>" + "".join(
        f'<enclosure url="https://acme.example/{mark or "unmarked"}.exe" sparkle:os="{mark}"/>' for mark in marks
    )


@pytest.mark.parametrize(
    ("marks", "chosen"),
    [
        (("", "windows", "windows-x64"), "windows-x64"),
        (("windows-arm64", "", "windows"), "windows"),
        (("windows-arm64", "macos", ""), "unmarked"),
    ],
    ids=["its own architecture first", "then windows", "then what has no mark"],
)
def test_of_several_files_it_takes(marks: tuple[str, ...], chosen: str) -> None:
    offered = ask(ClientName.WINSPARKLE, feed_of(files(*marks)), **X64).offered

    assert offered
    assert offered.url == f"https://acme.example/{chosen}.exe"


def test_a_delta_is_one_more_file_of_its_item() -> None:
    item = (
        "<sparkle:version>2.0</sparkle:version>"
        '<sparkle:deltas><enclosure url="https://acme.example/a.delta" sparkle:deltaFrom="1.0"/></sparkle:deltas>'
        f"<enclosure {URL}/>"
    )

    offered = ask(ClientName.WINSPARKLE, feed_of(item)).offered

    assert offered
    assert (offered.url, offered.delta) == ("https://acme.example/a.delta", None)


def test_a_skipped_version_hides_all_older_ones() -> None:
    decision = ask(ClientName.WINSPARKLE, feed_of(item_of("1.5"), item_of("2.0")), is_scheduled=True, skipped="2.0")

    assert decision.offered is None
    assert verdicts(decision) == ["refused: highest-version", "refused: skipped-version"]


def test_reading_ends_with_the_first_channel() -> None:
    feed = feed_of(item_of("2.0"), after=f"<channel><item>{item_of('3.0')}</item></channel>")

    assert verdicts(ask(ClientName.WINSPARKLE, feed)) == ["offered", "refused: first-channel"]


@pytest.mark.parametrize(
    ("item", "warning"),
    [
        (item_of("2.0", url="Acme.exe"), "announces the update, then fails to download it"),
        (needing("10.0"), "hides the update from an app without a supportedOS manifest"),
        (needing("6.1"), ""),
    ],
    ids=["a relative url", "a Windows newer than 8", "an older Windows"],
)
def test_what_will_go_wrong_afterwards_is_a_warning(item: str, warning: str) -> None:
    decision = ask(ClientName.WINSPARKLE, feed_of(item), system=System(platform=Platform.WINDOWS))

    assert decision.offered
    assert warning in " ".join(decision.warnings)
    assert bool(warning) == bool(decision.warnings)

"""What Squirrel.Windows is offered, by the expression with which Velopack's copy of its reader takes a line apart."""

import re
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import Feed, FeedName, Links
from ota_dev.feeds.squirrel_windows.squirrel_windows import SquirrelWindowsFeed
from tests.feeds.conftest import build_artifact

LINKS = Links("http://127.0.0.1:8080/downloads/")
FEED: Feed = SquirrelWindowsFeed()
LINE = re.compile(r"^([0-9a-fA-F]{40})\s+(.+?)\s+(\d+)[\r]*$")
DELTA = Delta(download_name="Acme-1.3.0-delta.nupkg", from_build=None, size=10, digests={"sha1": "ef" * 20})


def package(version: str, name: str = "", **known: Any) -> Artifact:
    known = {"digests": {"sha1": "ab" * 20}, **known}
    return build_artifact(name or f"Acme-{version}-full.nupkg", short_version=version, **known)


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def lines(*artifacts: Artifact) -> list[tuple[str, ...]]:
    content = FEED.render(app(*artifacts), LINKS)
    assert content is not None
    matches = [LINE.match(line) for line in content.decode().splitlines()]
    return [match.groups() for match in matches if match]


def test_a_line_is_digest_url_and_size_and_the_oldest_comes_first() -> None:
    base = "http://127.0.0.1:8080/downloads"

    assert lines(package("1.3.0", deltas=(DELTA,)), package("1.2.0")) == [
        ("AB" * 20, f"{base}/Acme-1.2.0-full.nupkg", "1000"),
        ("AB" * 20, f"{base}/Acme-1.3.0-full.nupkg", "1000"),
        ("EF" * 20, f"{base}/Acme-1.3.0-delta.nupkg", "10"),
    ]


@pytest.mark.parametrize(
    "name", ["Acme Notes-1.3.0-full.nupkg", "a\nb-1.3.0-full.nupkg", "\ud800-1.3.0-full.nupkg"], ids=ascii
)
def test_no_name_breaks_a_line(name: str) -> None:
    assert len(lines(package("1.3.0", name))) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("RELEASES", FeedName(system="win")),
        ("RELEASES-win-x64", FeedName(system="win", channel="win-x64")),
        ("RELEASES-osx", FeedName(system="osx")),
        ("update/win32/1.2.0/RELEASES", FeedName(system="windows", host_version="1.2.0", form="newer")),
        ("win32/arm64/RELEASES", FeedName(system="windows", architecture="arm64")),
        (
            "acme/notes/win32-x64/v1.2.0/RELEASES",
            FeedName(system="windows", architecture="x64", host_version="v1.2.0", form="newer"),
        ),
        ("update/darwin/1.2.0/RELEASES", None),
        ("update/win32/1.2.0", None),
        ("releases", None),
        ("RELEASES.json", None),
    ],
)
def test_a_name_says_the_channel_or_the_target(name: str, said: FeedName | None) -> None:
    assert FEED.read_name(name) == said


def test_a_package_whose_name_does_not_say_its_version_is_told() -> None:
    assert FEED.problems(app(package("1.4.0", "Acme-1.3.0-full.nupkg"))) == (
        "Squirrel.Windows reads the version from the name alone, and Acme-1.3.0-full.nupkg is not called "
        "Id-1.4.0-full.nupkg",
    )
    assert FEED.problems(app(package("1.3.0"))) == ()


def test_a_static_host_has_the_default_channel_under_both_names() -> None:
    assert [file.paths for file in FEED.files(app(package("1.3.0")))] == [("RELEASES", "RELEASES-win")]
    assert FEED.file_names(app(package("1.3.0"))) == ("RELEASES",)

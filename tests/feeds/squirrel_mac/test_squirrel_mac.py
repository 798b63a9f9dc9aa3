"""What Squirrel.Mac is offered, read back as JSON."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.interface import Feed, FeedName, Links, Question
from ota_dev.feeds.squirrel_mac.squirrel_mac import SquirrelMacFeed
from tests.feeds.conftest import build_artifact

LINKS = Links("http://127.0.0.1:8080/downloads/")
FEED: Feed = SquirrelMacFeed()


def build(name: str, version: str = "1.3.0", **known: Any) -> Artifact:
    return build_artifact(name, short_version=version, **known)


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def asked(host: str, *artifacts: Artifact) -> Any:
    """Ask with the version *host*; `None` is no content."""
    content = FEED.render(app(*artifacts), LINKS, Question(form="newer", host_version=Version(host)))
    return None if content is None else json.loads(content)


def static(*artifacts: Artifact) -> Any:
    return json.loads(FEED.render(app(*artifacts), LINKS) or b"")


def test_who_is_older_is_told_of_the_newest() -> None:
    notes = Notes.of([Note(language=None, format=NotesFormat.PLAIN_TEXT, text="Faster")])
    newest = build("Acmé.zip", modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), notes=notes)

    assert asked("1.2.0", newest, build("old.zip", "1.2.5")) == {
        "url": "http://127.0.0.1:8080/downloads/Acm%C3%A9.zip",
        "name": "1.3.0",
        "notes": "Faster",
        "pub_date": "2026-01-02T03:04:05Z",
    }


@pytest.mark.parametrize(
    ("host", "is_offered"),
    [("1.2.9", True), ("1.3.0-beta.1", True), ("1.3.0", False), ("v1.3.0", False), ("2.0.0", False), ("nightly", True)],
)
def test_only_what_is_newer_is_content(host: str, is_offered: bool) -> None:
    assert (asked(host, build("Acme.zip")) is not None) is is_offered


def test_nothing_on_offer_is_no_content() -> None:
    assert asked("1.2.0") is None


def test_the_static_form_lists_every_version_newest_first() -> None:
    document = static(build("new.zip", policy=Policy(title="Acme Notes 1.3")), build("old.zip", "1.2.0"))

    assert document["currentRelease"] == "1.3.0"
    assert [release["version"] for release in document["releases"]] == ["1.3.0", "1.2.0"]
    assert document["releases"][0]["updateTo"]["version"] == "1.3.0"
    assert document["releases"][0]["updateTo"]["name"] == "Acme Notes 1.3"
    assert static() == {"currentRelease": "", "releases": []}


def test_a_newer_version_without_a_zip_is_told() -> None:
    shelf = app(build("Acme-1.4.0.dmg", "1.4.0"), build("Acme-1.3.0.zip"))

    assert [artifact.download_name for artifact in FEED.offered(shelf)] == ["Acme-1.3.0.zip"]
    assert FEED.problems(shelf) == ("Squirrel.Mac needs a zip of the .app: of 1.4.0 there is only Acme-1.4.0.dmg",)


def test_the_dmg_of_the_same_version_is_an_alternate() -> None:
    (alternate,) = FEED.alternates(app(build("Acme.dmg"), build("Acme.zip")))

    assert (alternate.left_out.download_name, alternate.chosen.download_name) == ("Acme.dmg", "Acme.zip")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("RELEASES.json", FeedName(system="darwin")),
        ("darwin/arm64/RELEASES.json", FeedName(system="darwin", architecture="arm64")),
        ("update/darwin/1.2.0", FeedName(system="darwin", host_version="1.2.0", form="newer")),
        (
            "update/darwin-arm64/1.2.0",
            FeedName(system="darwin", architecture="arm64", host_version="1.2.0", form="newer"),
        ),
        ("update/darwin-universal/1.2.0", FeedName(system="darwin", host_version="1.2.0", form="newer")),
        (
            "acme/notes/darwin-x64/1.2.0",
            FeedName(system="darwin", architecture="x64", host_version="1.2.0", form="newer"),
        ),
        ("update/win32/1.2.0", None),
        ("update/darwin", None),
        ("darwin/1.2.0", None),
        ("notes/darwin-x64/1.2.0", None),
        ("update/darwin/latest", None),
    ],
)
def test_a_name_says_the_target_and_the_version(name: str, said: FeedName | None) -> None:
    assert FEED.read_name(name) == said


def test_a_static_host_has_a_file_for_each_architecture_and_channel() -> None:
    shelf = app(build("Acme.zip"))

    assert [file.paths[0] for file in FEED.files(shelf, ["beta"])] == [
        *("RELEASES.json", "darwin/x64/RELEASES.json", "darwin/arm64/RELEASES.json"),
        *("channels/beta/RELEASES.json", "channels/beta/darwin/x64/RELEASES.json"),
        "channels/beta/darwin/arm64/RELEASES.json",
    ]
    assert FEED.file_names(shelf) == ("RELEASES.json",)
    assert list(FEED.files(app(build("Acme.exe", platform=Platform.WINDOWS)))) == []

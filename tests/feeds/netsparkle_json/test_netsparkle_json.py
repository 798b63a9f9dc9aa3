"""What NetSparkle is offered in JSON."""

import json
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Critical, Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.interface import Feed, FeedName, Links
from ota_dev.feeds.netsparkle_json.netsparkle_json import NetSparkleJsonFeed
from tests.feeds.conftest import build_artifact

FEED: Feed = NetSparkleJsonFeed()
LINKS = Links("http://127.0.0.1:8080/downloads/")
SIGNATURE = f"{'A' * 86}=="
NOTES = Notes.of(
    [
        Note(
            language=None, format=NotesFormat.HTML, text="<p>Faster\nand <b>bold</b></p>", ed25519_signature=SIGNATURE
        ),
        Note(language="de", format=NotesFormat.HTML, text="<p>Schneller</p>"),
    ]
)


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def read(*artifacts: Artifact, links: Links = LINKS) -> Any:
    return json.loads(FEED.render(app(*artifacts), links) or b"")


def test_an_item_has_what_netsparkle_reads() -> None:
    installer = build_artifact(
        "Acmé 1.3.0.exe",
        build="1300",
        architecture=Architecture.X86_64,
        ed25519_signature=SIGNATURE,
        notes=NOTES,
        policy=Policy(critical=Critical()),
    )

    assert read(installer) == {
        "title": "Acme Notes",
        "description": "The versions on offer, newest first.",
        "items": [
            {
                "title": "Acme Notes 1.3.0",
                "version": "1300",
                "short_version": "1.3.0",
                "description": "<p>Faster\nand <b>bold</b></p>",
                "url": "http://127.0.0.1:8080/downloads/Acm%C3%A9%201.3.0.exe",
                "signature": SIGNATURE,
                "publication_date": "2026-01-02T03:04:05Z",
                "is_critical": True,
                "size": 1000,
                "os": "windows",
                "type": "application/vnd.microsoft.portable-executable",
            }
        ],
    }


def test_notes_that_are_linked_stand_there_with_their_signature() -> None:
    links = Links("http://127.0.0.1:8080/downloads/", notes="http://127.0.0.1:8080/notes/")

    (item,) = read(build_artifact("Acme.exe", notes=NOTES), links=links)["items"]

    assert item["release_notes_link"] == "http://127.0.0.1:8080/notes/Acme.exe.html"
    assert item["release_notes_signature"] == SIGNATURE
    assert "description" not in item


def test_what_is_not_known_is_left_out() -> None:
    (item,) = read(build_artifact("Acme.exe"))["items"]

    assert not {"signature", "channel", "description", "release_notes_link"} & item.keys()


def test_no_installer_is_a_feed_without_items() -> None:
    assert read()["items"] == []
    assert FEED.file_names(app()) == ()


def test_of_several_kinds_one_is_offered_newest_version_first() -> None:
    shelf = [build_artifact("Acme.msi"), build_artifact("Acme.exe"), build_artifact("New.exe", short_version="1.4.0")]

    assert [item["url"].rpartition("/")[2] for item in read(*shelf)["items"]] == ["New.exe", "Acme.exe"]
    assert [alternate.left_out.download_name for alternate in FEED.alternates(app(*shelf))] == ["Acme.msi"]


def test_a_beta_is_marked_for_macs_and_left_out_for_others_as_in_the_appcast() -> None:
    beta = Policy(channel="beta")

    (item,) = read(build_artifact("Acme.exe", policy=beta), build_artifact("Acme.dmg", policy=beta))["items"]

    assert (item["os"], item["channel"]) == ("macos", "beta")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("appcast.json", FeedName()),
        ("appcast-windows-x64.de.json", FeedName(system="windows", architecture="x64", language="de")),
        ("appcast.xml", None),
        ("appcast.json.signature", None),
        ("latest.json", None),
    ],
)
def test_its_names_are_those_of_the_appcast_with_another_ending(name: str, said: FeedName | None) -> None:
    assert FEED.read_name(name) == said


def test_every_file_has_a_name_that_is_read_back() -> None:
    shelf = app(build_artifact("Acme.exe", platform=Platform.WINDOWS, notes=NOTES))

    names = [path.rpartition("/")[2] for file in FEED.files(shelf, ["beta"], ["fr"]) for path in file.paths]

    assert names
    assert all(map(FEED.read_name, names))


@pytest.mark.parametrize("name", ['a".exe', "a\\u0000.exe", "a\nb.exe", "\ud800.exe"], ids=ascii)
def test_no_name_breaks_the_document(name: str) -> None:
    assert len(read(build_artifact(name))["items"]) == 1

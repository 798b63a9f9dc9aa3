"""What electron-updater is offered, read back with a parser of YAML."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.electron_updater.electron_updater import ElectronUpdaterFeed
from ota_dev.feeds.interface import Feed, Links
from tests.feeds.conftest import build_artifact

LINKS = Links("http://127.0.0.1:8080/downloads/")
FEED: Feed = ElectronUpdaterFeed()
LINUX: dict[str, Any] = {"platform": Platform.LINUX, "architecture": Architecture.X86_64}
WINDOWS: dict[str, Any] = {"platform": Platform.WINDOWS, "architecture": Architecture.X86_64}


def build(name: str, version: str = "1.3.0", **known: Any) -> Artifact:
    known.setdefault("digests", {"sha512": "ab" * 64})
    return build_artifact(name, short_version=version, **known)


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def read(*artifacts: Artifact) -> Any:
    return yaml.safe_load(FEED.render(app(*artifacts), LINKS) or b"")


def names(*artifacts: Artifact) -> list[str]:
    return [file["url"].rpartition("/")[2] for file in read(*artifacts)["files"]]


def test_the_document_has_what_old_and_new_clients_read() -> None:
    notes = Notes.of([Note(language=None, format=NotesFormat.HTML, text="<p>Faster: yes\n\tand <b>bold</b></p>")])

    document = read(build("Acmé 1.3.0.zip", modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), notes=notes))

    sha512 = base64.b64encode(bytes.fromhex("ab" * 64)).decode()
    url = "http://127.0.0.1:8080/downloads/Acm%C3%A9%201.3.0.zip"
    assert document == {
        "version": "1.3.0",
        "files": [{"url": url, "sha512": sha512, "size": 1000}],
        "path": url,
        "sha512": sha512,
        "releaseDate": "2026-01-02T03:04:05.000Z",
        "releaseNotes": "<p>Faster: yes\n\tand <b>bold</b></p>",
    }


def test_staging_is_for_so_many_of_a_hundred() -> None:
    assert read(build("Acme.zip", policy=Policy(staging=25)))["stagingPercentage"] == 25


def test_an_appimage_with_a_map_of_its_blocks_says_its_size() -> None:
    image = replace(build("Acme.AppImage", **LINUX), facts=Facts(block_map_size=321))

    (file,) = read(image)["files"]

    assert file["blockMapSize"] == 321


def test_nothing_on_offer_is_a_version_that_is_older_than_any() -> None:
    assert read() == {"version": "0.0.0", "files": []}


def test_the_newest_is_that_of_semantic_versions_which_order_pre_releases() -> None:
    document = read(*(build(f"{version}.zip", version) for version in ("1.3.0-beta.11", "1.3.0-beta.2", "1.2.0")))

    assert document["version"] == "1.3.0-beta.11"
    assert read(build("a.zip", "1.3.0-beta.2"), build("b.zip", "1.3.0"))["version"] == "1.3.0"


@pytest.mark.parametrize(("version", "written"), [("1.3", "1.3.0"), ("1.3.0.0", "1.3.0"), ("v2", "2.0.0")])
def test_a_version_that_lacks_numbers_is_given_them(version: str, written: str) -> None:
    assert read(build("Acme.exe", version, **WINDOWS))["version"] == written


def test_a_version_with_a_fourth_number_is_left_out_and_told() -> None:
    shelf = [build("Acme-1.3.0.4.exe", "1.3.0.4", **WINDOWS), build("Acme-1.2.0.exe", "1.2.0", **WINDOWS)]

    assert names(*shelf) == ["Acme-1.2.0.exe"]
    assert FEED.problems(app(*shelf)) == (
        "Acme-1.3.0.4.exe is not in electron-updater's feed: its version 1.3.0.4 is no semantic version, which has "
        "three numbers",
    )


def test_on_linux_there_is_each_kind_and_the_appimage_first() -> None:
    shelf = [build(name, **LINUX) for name in ("acme.rpm", "acme.deb", "Acme.AppImage", "acme.snap", "acme.tar.gz")]

    assert names(*shelf) == ["Acme.AppImage", "acme.deb", "acme.rpm"]


def test_a_mac_is_offered_the_zip_and_the_dmg_is_its_alternate() -> None:
    shelf = [build("Acme.dmg"), build("Acme.zip")]

    assert names(*shelf) == ["Acme.zip"]
    assert [alternate.left_out.download_name for alternate in FEED.alternates(app(*shelf))] == ["Acme.dmg"]
    assert FEED.problems(app(*shelf)) == ()


def test_a_mac_with_nothing_but_a_newer_dmg_keeps_the_older_zip_and_is_told() -> None:
    shelf = [build("Acme-1.3.0.dmg"), build("Acme-1.2.0.zip", "1.2.0")]

    assert names(*shelf) == ["Acme-1.2.0.zip"]
    assert FEED.problems(app(*shelf)) == (
        "electron-updater on macOS needs a zip: of 1.3.0 there is only Acme-1.3.0.dmg",
    )


def test_an_arm64_zip_that_does_not_say_so_in_its_name_is_told() -> None:
    intel = build("Acme.zip", architecture=Architecture.X86_64)

    silent = app(intel, build("Acme-silicon.zip", architecture=Architecture.ARM64))
    named = app(intel, build("Acme-arm64.zip", architecture=Architecture.ARM64))

    assert "Acme-silicon.zip is for Apple silicon" in "".join(FEED.problems(silent))
    assert FEED.problems(named) == ()


def test_what_is_on_a_channel_is_for_those_who_ask_for_it() -> None:
    shelf = app(build("a.zip", "1.3.0"), build("b.zip", "2.0.0", policy=Policy(channel="beta")))

    assert [artifact.download_name for artifact in FEED.offered(shelf)] == ["a.zip"]
    assert [artifact.download_name for artifact in FEED.offered(shelf.on_channel("beta"))] == ["b.zip"]


def test_a_file_whose_digest_is_not_known_is_left_out() -> None:
    assert names(build("Acme.deb", digests={}, **LINUX), build("acme.rpm", **LINUX)) == ["acme.rpm"]


@pytest.mark.parametrize("name", ["a: b.zip", "# a.zip", "'a\".zip", "a\nb.zip", "\ud800.zip", "&a *b.zip"], ids=ascii)
def test_no_name_breaks_the_document(name: str) -> None:
    assert len(names(build(name))) == 1

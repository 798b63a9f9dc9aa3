"""What Tauri's updater is offered."""

import json
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.minisign_writing import packed_signature
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture
from ota_dev.catalog.versions import Version
from ota_dev.feeds.interface import Feed, Links, Question
from ota_dev.feeds.tauri.tauri import TauriFeed
from tests.feeds.conftest import build_artifact

FEED: Feed = TauriFeed()
LINKS = Links("http://127.0.0.1:8080/downloads/")
DEB, RPM, APPIMAGE = "acme.deb", "acme.rpm", "Acme.AppImage"


def signature_of(name: str) -> str:
    return packed_signature(bytes(32), bytes(64), f"timestamp:1\tfile:{name}", bytes(64))


def build(name: str, version: str = "1.3.0", **known: Any) -> Artifact:
    signed: dict[str, Any] = {} if "minisign_signature" in known else {"minisign_signature": signature_of(name)}
    known.setdefault("architecture", Architecture.X86_64)
    return build_artifact(name, short_version=version, **signed, **known)


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def read(*artifacts: Artifact) -> Any:
    return json.loads(FEED.render(app(*artifacts), LINKS) or b"")


def platforms(*artifacts: Artifact) -> dict[str, str]:
    """Give the name of the file for each platform."""
    return {key: entry["url"].rpartition("/")[2] for key, entry in read(*artifacts)["platforms"].items()}


def ask(host: str, *artifacts: Artifact, bundle: str = "") -> Any:
    """Ask as an app of this version; `None` is no content."""
    question = Question(form=f"update {bundle}".rstrip(), host_version=Version(host))
    content = FEED.render(app(*artifacts), LINKS, question)
    return None if content is None else json.loads(content)


def test_the_static_document_has_what_the_client_demands() -> None:
    notes = Notes.of([Note(language=None, format=NotesFormat.HTML, text="<p>Faster\nand better</p>")])

    document = read(build("Acmé 1.3.0_amd64.AppImage", notes=notes))

    entry = {
        "url": "http://127.0.0.1:8080/downloads/Acm%C3%A9%201.3.0_amd64.AppImage",
        "signature": signature_of("Acmé 1.3.0_amd64.AppImage"),
    }
    assert document == {
        "version": "1.3.0",
        "notes": "<p>Faster\nand better</p>",
        "pub_date": "2026-01-02T03:04:05Z",
        "platforms": {"linux-x86_64": entry, "linux-x86_64-appimage": entry},
    }


def test_nothing_on_offer_is_a_version_that_is_older_than_any() -> None:
    assert read() == {"version": "0.0.0", "platforms": {}}
    assert FEED.file_names(app()) == ()
    assert list(FEED.files(app())) == []


def test_every_bundle_has_an_entry_and_the_usual_one_is_that_of_the_target() -> None:
    assert platforms(build(DEB), build(RPM), build(APPIMAGE), build("a.msi"), build("a.exe")) == {
        "linux-x86_64": APPIMAGE,
        "linux-x86_64-appimage": APPIMAGE,
        "linux-x86_64-deb": DEB,
        "linux-x86_64-rpm": RPM,
        "windows-x86_64": "a.exe",
        "windows-x86_64-msi": "a.msi",
        "windows-x86_64-nsis": "a.exe",
    }


@pytest.mark.parametrize(
    ("architecture", "targets"),
    [
        (Architecture.ARM64, {"darwin-aarch64"}),
        (Architecture.X86_64, {"darwin-x86_64"}),
        (Architecture.UNIVERSAL, {"darwin-aarch64", "darwin-x86_64"}),
    ],
)
def test_a_mac_app_is_for_the_macs_that_it_runs_on(architecture: Architecture, targets: set[str]) -> None:
    found = platforms(build("Acme.app.tar.gz", architecture=architecture))

    assert {key for key in found if not key.endswith("-app")} == targets
    assert {key for key in found if key.endswith("-app")} == {f"{target}-app" for target in targets}


def test_what_is_for_one_architecture_goes_before_what_is_for_any() -> None:
    anywhere, here = build("any.exe", architecture=Architecture.UNKNOWN), build("x64.exe")

    found = platforms(anywhere, here)

    assert found["windows-x86_64"] == "x64.exe"
    assert found["windows-aarch64"] == found["windows-i686"] == "any.exe"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "there is no a.exe.sig beside it; `tauri build` writes one"),
        ("untrusted comment: x", "a.exe.sig is the text of minisign"),
        ("https://acme.example/a.exe.sig", "a.exe.sig is the address of a file"),
    ],
    ids=["none", "not packed", "a link"],
)
def test_an_installer_without_a_signature_is_left_out_and_told(text: str | None, reason: str) -> None:
    shelf = [build("a.exe", minisign_signature=text), build(APPIMAGE)]

    assert set(platforms(*shelf)) == {"linux-x86_64", "linux-x86_64-appimage"}
    (problem,) = FEED.problems(app(*shelf))
    assert problem.startswith(f"a.exe is not in Tauri's feed: {reason}")


def test_until_the_newest_is_signed_the_one_before_stays_on_offer() -> None:
    shelf = [build("new.exe", "1.4.0", minisign_signature=None), build("old.exe", "1.3.0")]

    assert read(*shelf)["version"] == "1.3.0"
    assert "new.exe is not in Tauri's feed" in FEED.problems(app(*shelf))[0]


def test_signatures_that_a_scenario_took_away_leave_the_entry() -> None:
    document = read(build("a.exe", minisign_signature=""))

    assert document["platforms"]["windows-x86_64"]["signature"] == ""
    assert FEED.problems(app(build("a.exe", minisign_signature=""))) == ()


def test_a_signature_that_names_another_file_is_offered_and_told() -> None:
    shelf = app(build("Acme-1.3.0.exe", minisign_signature=signature_of("Acme_1.3.0_x64-setup.exe")))

    assert FEED.problems(shelf) == (
        "Acme-1.3.0.exe.sig was made for Acme_1.3.0_x64-setup.exe: clients refuse it unless that is the same file "
        "under another name",
    )
    assert FEED.offered(shelf) == shelf.artifacts


def test_a_target_with_only_an_older_version_is_told() -> None:
    shelf = [build("a.exe", "1.4.0"), build(APPIMAGE, "1.3.0"), build(DEB, "1.2.0")]

    assert FEED.problems(app(*shelf)) == (
        "there is no 1.4.0 for linux-x86_64, so apps on it end with an error when they read latest.json; at /tauri/… "
        "they are offered 1.3.0",
    )


def test_a_mac_with_nothing_but_a_dmg_is_told() -> None:
    assert FEED.problems(app(build("Acme.dmg"), build("Acme.pkg"), build("old.dmg", "1.2.0"))) == (
        "Tauri on macOS needs the .app.tar.gz: of 1.3.0 there is only Acme.dmg",
    )


def test_a_dmg_beside_the_archive_is_its_alternate() -> None:
    shelf = app(build("Acme.dmg"), build("Acme.app.tar.gz"))

    assert [alternate.left_out.download_name for alternate in FEED.alternates(shelf)] == ["Acme.dmg"]
    assert FEED.problems(shelf) == ()


def test_a_version_that_is_no_semantic_one_is_left_out_and_told() -> None:
    shelf = [build("a.exe", "1.4.0.1"), build("b.exe", "1.3")]

    assert read(*shelf)["version"] == "1.3.0"
    assert "its version 1.4.0.1 is no semantic version" in FEED.problems(app(*shelf))[0]


@pytest.mark.parametrize(
    ("host", "version"),
    [("1.2.0", "1.3.0"), ("1.3.0-beta.1", "1.3.0"), ("1.3.0", None), ("1.4.0", None), ("odd", "1.3.0")],
)
def test_an_app_is_answered_by_what_it_has(host: str, version: str | None) -> None:
    answer = ask(host, build(APPIMAGE))

    assert (answer and answer["version"]) == version


def test_an_answer_has_url_and_signature_at_the_top() -> None:
    assert ask("1.0.0", build(APPIMAGE)) == {
        "version": "1.3.0",
        "pub_date": "2026-01-02T03:04:05Z",
        "url": f"http://127.0.0.1:8080/downloads/{APPIMAGE}",
        "signature": signature_of(APPIMAGE),
    }


@pytest.mark.parametrize(
    ("bundle", "file"), [("deb", DEB), ("rpm", RPM), ("appimage", APPIMAGE), ("unknown", APPIMAGE), ("", APPIMAGE)]
)
def test_an_app_gets_the_kind_that_it_was_installed_from(bundle: str, file: str) -> None:
    answer = ask("1.0.0", build(DEB), build(RPM), build(APPIMAGE), bundle=bundle)

    assert answer["url"].endswith(f"/{file}")


def test_the_newest_of_its_kind_counts_for_who_says_it() -> None:
    shelf = (build(APPIMAGE, "1.4.0"), build(DEB, "1.3.0"))

    assert ask("1.0.0", *shelf, bundle="deb")["version"] == "1.3.0"
    assert ask("1.3.0", *shelf, bundle="deb") is None


def test_nothing_for_a_target_is_no_content() -> None:
    assert ask("1.0.0") is None


def test_what_is_on_a_channel_is_for_those_who_ask_for_it() -> None:
    shelf = app(build("a.exe", "1.3.0"), build("b.exe", "2.0.0", policy=Policy(channel="beta")))

    assert [artifact.download_name for artifact in FEED.offered(shelf)] == ["a.exe"]
    assert [artifact.download_name for artifact in FEED.offered(shelf.on_channel("beta"))] == ["b.exe"]


@pytest.mark.parametrize("name", ['a".exe', "a\nb.exe", "\ud800.exe"], ids=ascii)
def test_no_name_breaks_the_document(name: str) -> None:
    assert read(build(name, minisign_signature=signature_of("a.exe")))["platforms"]

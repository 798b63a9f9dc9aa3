"""What Velopack is offered, read back as JSON."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.interface import Feed, FeedName, Links
from ota_dev.feeds.velopack.velopack import VelopackFeed
from tests.feeds.conftest import build_artifact

LINKS = Links("http://127.0.0.1:8080/downloads/")
FEED: Feed = VelopackFeed()
DIGESTS = {"sha1": "ab" * 20, "sha256": "cd" * 32}


def package(version: str, name: str = "", **known: Any) -> Artifact:
    facts, platform = known.pop("facts", Facts(identifier="AcmeNotes")), known.pop("platform", Platform.WINDOWS)
    known = {"digests": DIGESTS, **known}
    built = build_artifact(name or f"AcmeNotes-{version}-full.nupkg", short_version=version, **known)
    return replace(built, facts=facts, platform=platform)


def on_channel(version: str, channel: str, **known: Any) -> Artifact:
    """Give a package that was built for a channel."""
    facts = Facts(identifier="AcmeNotes", channel=channel)
    name = f"AcmeNotes-{version}-{channel}-full.nupkg"
    return package(version, name, facts=facts, policy=Policy(channel=channel), **known)


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def assets(*artifacts: Artifact) -> list[dict[str, Any]]:
    content = FEED.render(app(*artifacts), LINKS)
    assert content is not None
    found: list[dict[str, Any]] = json.loads(content)["Assets"]
    return found


def names(*artifacts: Artifact) -> list[str]:
    return [asset["FileName"] for asset in assets(*artifacts)]


def test_an_asset_has_what_clients_demand() -> None:
    notes = Notes.of([Note(language=None, format=NotesFormat.HTML, text="<p>Faster</p>")])
    facts = Facts(identifier="AcmeNotes", release_notes="*Faster*")

    assert assets(package("1.3.0", notes=notes, facts=facts)) == [
        {
            "PackageId": "AcmeNotes",
            "Version": "1.3.0",
            "Type": "Full",
            "FileName": "AcmeNotes-1.3.0-full.nupkg",
            "SHA1": "AB" * 20,
            "SHA256": "CD" * 32,
            "Size": 1000,
            "NotesMarkdown": "*Faster*",
            "NotesHTML": "<p>Faster</p>",
        }
    ]


def test_notes_in_plain_text_are_markdown() -> None:
    notes = Notes.of([Note(language=None, format=NotesFormat.PLAIN_TEXT, text="Faster")])

    (asset,) = assets(package("1.3.0", notes=notes))

    assert (asset["NotesMarkdown"], asset["NotesHTML"]) == ("Faster", "")


def test_every_version_is_there_newest_first_and_its_delta_behind_it() -> None:
    delta = Delta(download_name="AcmeNotes-1.3.0-delta.nupkg", from_build=None, size=10, digests=DIGESTS)

    found = assets(package("1.2.0"), package("1.3.0", deltas=(delta,)), package("1.3.0-beta.2"))

    assert [(asset["Version"], asset["Type"], asset["Size"]) for asset in found] == [
        ("1.3.0", "Full", 1000),
        ("1.3.0", "Delta", 10),
        ("1.3.0-beta.2", "Full", 1000),
        ("1.2.0", "Full", 1000),
    ]


def test_nothing_on_offer_is_an_empty_list() -> None:
    assert assets() == []


def test_what_has_no_digest_is_left_out() -> None:
    assert names(package("1.3.0", digests={}), package("1.2.0")) == ["AcmeNotes-1.2.0-full.nupkg"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("releases.win.json", FeedName(system="win")),
        ("releases.osx.json", FeedName(system="osx")),
        ("releases.linux.json", FeedName(system="linux")),
        ("releases.win-x64-stable.json", FeedName(system="win", channel="win-x64-stable")),
        ("releases.beta.json", FeedName(channel="beta")),
        ("releases.windy.json", FeedName(channel="windy")),
        ("releases.json", None),
        ("releases.a b.json", None),
        ("assets.win.json", None),
    ],
)
def test_a_name_says_the_channel_and_the_system_that_it_begins_with(name: str, said: FeedName | None) -> None:
    assert FEED.read_name(name) == said


def test_what_was_built_for_a_channel_is_alone_on_it() -> None:
    shelf = app(package("1.4.0"), on_channel("1.3.0", "win-arm64"))

    offered = [artifact.short_version.text for artifact in FEED.offered(shelf.on_channel("win-arm64"))]

    assert offered == ["1.3.0"]
    assert [artifact.short_version.text for artifact in FEED.offered(shelf)] == ["1.4.0"]


def test_what_somebody_puts_on_a_channel_joins_the_default_channel() -> None:
    shelf = app(package("1.2.0"), package("1.3.0", policy=Policy(channel="beta")))

    assert [artifact.short_version.text for artifact in FEED.offered(shelf.on_channel("beta"))] == ["1.3.0", "1.2.0"]


def test_of_two_architectures_on_one_channel_only_one_is_offered_and_the_other_is_its_alternate() -> None:
    arm = package("1.3.0", "AcmeNotes-1.3.0-arm64-full.nupkg", architecture=Architecture.ARM64)
    shelf = app(package("1.3.0", architecture=Architecture.X86_64), arm)

    assert [artifact.architecture for artifact in FEED.offered(shelf)] == [Architecture.X86_64]
    assert [alternate.left_out for alternate in FEED.alternates(shelf)] == [arm]
    narrowed = Narrowing(platform=Platform.WINDOWS, architecture=Architecture.ARM64).of(shelf)
    assert [artifact.architecture for artifact in FEED.offered(narrowed)] == [Architecture.ARM64]


def test_a_version_of_which_there_is_no_package_is_told() -> None:
    setup = build_artifact("Acme-Setup-1.4.0.exe", short_version="1.4.0", platform=Platform.WINDOWS)

    assert FEED.problems(app(package("1.3.0"), setup)) == (
        "Velopack needs the nupkg of a release, which only its own tool makes: of 1.4.0 there is only "
        "Acme-Setup-1.4.0.exe",
    )
    assert FEED.problems(app(package("1.4.0"), setup)) == ()


def test_another_system_without_packages_is_no_problem() -> None:
    assert FEED.problems(app(package("1.3.0"), build_artifact("Acme-1.4.0.dmg", short_version="1.4.0"))) == ()


@pytest.mark.parametrize(
    ("artifact", "reason"),
    [
        (package("1.3.0.4"), "its version 1.3.0.4 is no semantic version"),
        (package("1.3.0", "old/AcmeNotes-1.3.0-full.nupkg"), "Velopack knows no folders"),
    ],
    ids=["four numbers", "a subfolder"],
)
def test_what_clients_cannot_take_is_left_out_and_told(artifact: Artifact, reason: str) -> None:
    assert FEED.offered(app(artifact)) == ()
    assert reason in "".join(FEED.problems(app(artifact)))


def test_there_is_a_feed_for_each_system_and_channel_with_packages() -> None:
    linux = package("1.3.0", "AcmeNotes-1.3.0-linux-full.nupkg", platform=Platform.LINUX)
    shelf = app(package("1.3.0"), linux, on_channel("1.3.0", "win-arm64"))

    assert FEED.file_names(shelf) == ("releases.win.json", "releases.linux.json", "releases.win-arm64.json")
    assert FEED.file_names(app(build_artifact("Acme.dmg"))) == ()


def test_a_static_host_has_every_name_with_its_packages_beside_it() -> None:
    files = {file.paths: file.beside for file in FEED.files(app(package("1.3.0")), ["beta"])}

    assert files == {
        ("releases.win.json",): ("AcmeNotes-1.3.0-full.nupkg",),
        ("releases.beta.json",): ("AcmeNotes-1.3.0-full.nupkg",),
        ("channels/beta/releases.win.json",): ("AcmeNotes-1.3.0-full.nupkg",),
    }

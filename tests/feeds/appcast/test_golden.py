"""Whole feeds, each beside this test as a file to open."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Critical, Informational, OwnElement, Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]
GOLDEN = Path(__file__).parent / "golden"


def mac(artifact: Builder) -> App:
    """Two releases of a universal Mac app, the newer one signed."""
    signature = base64.b64encode(bytes(range(64))).decode()
    return App.of(
        "acmenotes",
        "Acme Notes",
        [
            artifact(
                "Acme Notes 1.3.0.dmg",
                short_version="1.3.0",
                build="130",
                minimum_os="11.0",
                ed25519_signature=signature,
            ),
            artifact("Acme Notes 1.2.9.dmg", short_version="1.2.9", build="129", minimum_os="10.13"),
        ],
    )


def mixed(artifact: Builder) -> App:
    """One release for every platform; the zip of the Intel Mac app is an alternate."""
    arm64, x86_64 = Architecture.ARM64, Architecture.X86_64
    return App.of(
        "acmenotes",
        "Acme Notes",
        [
            artifact("Acme-Notes-1.3.0-arm64.dmg", architecture=arm64, minimum_os="11.0"),
            artifact("Acme-Notes-1.3.0-x86_64.dmg", architecture=x86_64, minimum_os="10.15"),
            artifact("Acme-Notes-1.3.0-x86_64.zip", architecture=x86_64),
            artifact("Acme-Notes-Setup-1.3.0-x64.exe", architecture=x86_64, minimum_os="10.0"),
            artifact("Acme-Notes-Setup-1.3.0-arm64.exe", architecture=arm64),
            artifact("Acme-Notes-1.3.0-x86_64.AppImage", architecture=x86_64),
            artifact("acme-notes-1.3.0-linux.tar.gz", platform=Platform.LINUX, architecture=Architecture.UNKNOWN),
        ],
    )


def everything(artifact: Builder) -> App:
    """Every element and attribute there is: on a Mac, on Windows, and a Mac item that is only announced."""
    policy = Policy(
        title='Acme Notes 1.3 "Kestrel"',
        channel="beta",
        minimum_os="11.0",
        maximum_os="15.9",
        hardware_requirements=("arm64",),
        minimum_update_version="100",
        minimum_autoupdate_version="110",
        ignore_skipped_upgrades_below_version="115",
        critical=Critical(below_version="120"),
        phased_rollout_interval=timedelta(days=1),
        installer_arguments='/SILENT /DIR="C:\\Acme"',
        link="https://example.com/acme-notes?a=b&c=d",
        full_release_notes_link="https://example.com/acme-notes/history",
        publication_date=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
        own_elements=(
            OwnElement(prefix="acme", name="track", namespace="https://example.com/ns", text="stable & <fast>"),
        ),
    )
    notes = Notes.of(
        [
            Note(
                language=None,
                format=NotesFormat.HTML,
                text="<h2>Faster</h2>\n<p>Tom &amp; Jerry ]]></p>\n",
                ed25519_signature=base64.b64encode(bytes(range(64))).decode(),
            ),
            Note(language="de", format=NotesFormat.PLAIN_TEXT, text="Schneller\r\n  & \u202ebesser"),
            Note(language="zh-CN", format=NotesFormat.HTML, text="<p>更快</p>"),
        ]
    )
    announced = Policy(
        link="https://example.com/acme-notes",
        critical=Critical(),
        informational=Informational(versions=("90", "91"), below_version="80"),
    )
    signature = base64.b64encode(bytes(range(64))).decode()
    deltas = [
        Delta(download_name="Acme Notes130-120.delta", from_build=Version("120"), size=70, ed25519_signature=signature),
        Delta(download_name="Acme Notes130-110.delta", from_build=Version("110"), size=80),
    ]
    return App.of(
        "acmenotes",
        "Acme Notes",
        [
            artifact(
                "Acme-Notes-1.3.0.dmg",
                build="130",
                architecture=Architecture.ARM64,
                ed25519_signature=signature,
                policy=policy,
                notes=notes,
                deltas=deltas,
            ),
            artifact("Acme-Notes-1.3.0.exe", build="130", policy=replace(policy, channel=None), notes=notes),
            artifact("Acme-Notes-1.2.0.dmg", short_version="1.2.0", build="120", policy=announced),
        ],
    )


def empty(artifact: Builder) -> App:  # noqa: ARG001  # like the others
    """No release, of an app whose name is not known."""
    return App.of("", "", [])


def hostile(artifact: Builder) -> App:
    """Everything a name can do to a feed."""
    return App.of(
        "acme",
        "Acme & <Notes> ]]> \"'\x00\x1b \u202eeman\u202c \U0001f4dd\ud800\uffff",
        [
            artifact(
                "<script> & ]]> \"quoted\" 'names' \u202egmd \U0001f4dd\n.dmg",
                short_version='1.3.0"/><evil a="',
                build=" 130\n]]>\x00",
                minimum_os="11.0\u2028<!--",
                ed25519_signature="0123456789abcdef" * 4,
            )
        ],
    )


@pytest.mark.parametrize("build_app", [mac, mixed, everything, empty, hostile], ids=lambda build: build.__name__)
def test_the_feed_is_the_golden_one(build_app: Callable[[Builder], App], artifact: Builder) -> None:
    golden = (GOLDEN / f"{build_app.__name__}.xml").read_text("utf-8")

    feed = AppcastFeed().render(build_app(artifact), Links("http://127.0.0.1:8080/downloads/"))

    assert feed.decode() == golden


SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
# What Sparkle 2.9 and hand-written clients know in an item, by the path below it. Left out is what is legacy
# (`dsaSignature`, `tags`), what the kind of an installer says already (`installationType`), what only Sparkle's own
# tool can know (`deltaFromSparkle...`), and signatures of notes.
ELEMENTS = {
    *("title", "pubDate", "link", "description", "enclosure", "{https://example.com/ns}track"),
    *(f"{SPARKLE}{name}" for name in ("version", "shortVersionString", "channel", "minimumSystemVersion")),
    *(f"{SPARKLE}{name}" for name in ("maximumSystemVersion", "hardwareRequirements", "minimumUpdateVersion")),
    *(f"{SPARKLE}{name}" for name in ("minimumAutoupdateVersion", "ignoreSkippedUpgradesBelowVersion")),
    *(f"{SPARKLE}{name}" for name in ("criticalUpdate", "phasedRolloutInterval", "informationalUpdate")),
    *(f"{SPARKLE}informationalUpdate/{SPARKLE}{name}" for name in ("version", "belowVersion")),
    *(f"{SPARKLE}{name}" for name in ("releaseNotesLink", "fullReleaseNotesLink")),
    *(f"{SPARKLE}deltas", f"{SPARKLE}deltas/enclosure"),
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ATTRIBUTES = {
    "enclosure": {
        *("url", "length", "type"),
        *(f"{SPARKLE}{name}" for name in ("version", "shortVersionString", "os", "arch")),
        *(f"{SPARKLE}{name}" for name in ("edSignature", "installerArguments")),
    },
    f"{SPARKLE}deltas/enclosure": {
        *("url", "length", "type"),
        *(f"{SPARKLE}{name}" for name in ("os", "deltaFrom", "edSignature")),
    },
    f"{SPARKLE}criticalUpdate": {f"{SPARKLE}version"},
    "description": {LANGUAGE, f"{SPARKLE}format"},
    f"{SPARKLE}releaseNotesLink": {LANGUAGE, f"{SPARKLE}edSignature", f"{SPARKLE}length"},
}


def paths(item: ElementTree.Element) -> Iterator[tuple[str, ElementTree.Element]]:
    """Give every element below an item with its path."""
    for child in item:
        yield child.tag, child
        yield from ((f"{child.tag}/{path}", element) for path, element in paths(child))


@pytest.fixture
def shown(parse: Callable[[bytes], ElementTree.Element]) -> list[ElementTree.Element]:
    """Give the items of the golden feeds with everything in them."""
    feeds = [parse((GOLDEN / name).read_bytes()) for name in ("everything.xml", "linked.xml")]
    return [item for feed in feeds for item in feed.iter("item")]


def test_the_golden_feeds_show_every_element(shown: list[ElementTree.Element]) -> None:
    assert {path for item in shown for path, _ in paths(item)} == ELEMENTS


@pytest.mark.parametrize("path", sorted(ELEMENTS))
def test_the_golden_feeds_show_every_attribute(path: str, shown: list[ElementTree.Element]) -> None:
    attributes = {name for item in shown for at, element in paths(item) if at == path for name in element.attrib}

    assert attributes == ATTRIBUTES.get(path, set())


def test_the_enclosure_comes_after_all_but_the_deltas(shown: list[ElementTree.Element]) -> None:
    last = [[child.tag for child in item if child.tag != f"{SPARKLE}deltas"][-1] for item in shown]

    assert set(last) == {"enclosure"}
    assert {f"{SPARKLE}deltas", "enclosure"} == {item[-1].tag for item in shown}


def test_the_feed_links_to_the_notes_where_they_have_a_place_of_their_own(artifact: Builder) -> None:
    golden = (GOLDEN / "linked.xml").read_text("utf-8")
    links = Links("http://127.0.0.1:8080/downloads/", notes="http://127.0.0.1:8080/notes/")

    feed = AppcastFeed().render(everything(artifact), links)

    assert feed.decode() == golden

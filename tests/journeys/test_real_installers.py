"""Installers that real packagers made, from the folder to the feed that is generated and the feed that is served."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests

from ota_dev.catalog.facts import Facts
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.installers.reading import read_installer
from ota_dev.publishing import Publisher
from ota_dev.store import Store
from tests.installers.recipes.deb import deb
from tests.installers.recipes.disk_image import hfs_plus_image
from tests.installers.recipes.every_kind import EVERY_KIND
from tests.installers.recipes.mac_apps import ARM64, X86_64
from tests.installers.recipes.msi import msi
from tests.installers.recipes.portable_executable import program, version_info

SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
LIMIT = 30  # seconds; far more than anything here takes
CUT = 50_000  # bytes of ballast, so that what is cut off is more than padding

Build = Callable[..., Path]
Put = Callable[..., Path]


@pytest.fixture
def put(build: Build, dist: Path) -> Put:
    """Put an installer into the folder: `put("notes.deb", deb, version="1.3.0")`, made by that recipe."""

    def put_made(name: str, recipe: Callable[..., Path], *arguments: object, **options: object) -> Path:
        return Path(shutil.copy(build(recipe, *arguments, **options), dist / name))

    return put_made


class Generated:
    """What `generate-appcast` wrote: items by download name, and the lines on stderr."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "ota_dev", "generate-appcast", "--dir", str(folder)]
        command += ["--base-url", "https://updates.acme.example"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=LIMIT)
        self.items = items(done.stdout)
        self.said = done.stderr.decode().splitlines()


def items(feed: bytes) -> Mapping[str, ElementTree.Element]:
    document = ElementTree.fromstring(feed)  # noqa: S314 # our own feed
    return {item.find("enclosure").attrib["url"].rpartition("/")[2]: item for item in document.iter("item")}  # type: ignore[union-attr]


def marks(item: ElementTree.Element) -> dict[str, str]:
    """Give what an item says beside its links and dates."""
    (enclosure,) = item.findall("enclosure")
    names = ("version", "shortVersionString", "minimumSystemVersion", "hardwareRequirements")
    elements = {name: item.findtext(SPARKLE + name) for name in names}
    attributes = {name: enclosure.get(SPARKLE + name) for name in ("os", "arch")}
    return {name: value for name, value in {**elements, **attributes}.items() if value is not None}


def acme_exe(version: str) -> str:
    return version_info({"ProductName": "Acme Notes", "ProductVersion": version, "CompanyName": "Acme"})


@pytest.fixture
def one_release(put: Put, dist: Path) -> Path:
    """Fill the folder with 1.3.0 for three systems, under names that say neither product nor version."""
    put("a.dmg", hfs_plus_image)
    put("b.exe", program, acme_exe("1.3.0"))
    put("c.deb", deb, version="1:1.3.0-2")
    return dist


@pytest.fixture
def every_kind(put: Put, dist: Path) -> Path:
    """Fill the folder with an installer of every kind."""
    for name, sample in EVERY_KIND.items():
        put(name, sample.recipe, **sample.options)
    return dist


def test_a_dmg_an_exe_and_a_deb_of_one_version_are_one_release_of_one_app(one_release: Path) -> None:
    generated = Generated(one_release)

    assert {name: marks(item) for name, item in generated.items.items()} == {
        "a.dmg": {"version": "130", "shortVersionString": "1.3.0", "minimumSystemVersion": "12.0", "os": "macos"},
        "b.exe": {"version": "1.3.0", "shortVersionString": "1.3.0", "os": "windows"},
        "c.deb": {"version": "1.3.0", "shortVersionString": "1.3.0", "os": "linux", "arch": "x86_64"},
    }
    assert {item.findtext("title") for item in generated.items.values()} == {"Acme Notes 1.3.0"}


def test_an_app_for_apple_silicon_only_requires_it(put: Put, dist: Path) -> None:
    put("a.dmg", hfs_plus_image, processors=(ARM64,))

    said = marks(Generated(dist).items["a.dmg"])

    assert (said["hardwareRequirements"], said["arch"], said["minimumSystemVersion"]) == ("arm64", "arm64", "12.0")


def test_of_two_builds_for_one_mac_version_each_says_its_processor(put: Put, dist: Path) -> None:
    put("a.dmg", hfs_plus_image, processors=(ARM64,))
    put("b.dmg", hfs_plus_image, processors=(X86_64,))

    generated = Generated(dist)

    assert [(name, marks(item)["arch"]) for name, item in generated.items.items()] == [
        ("b.dmg", "x86_64"),
        ("a.dmg", "arm64"),
    ]
    assert "hardwareRequirements" not in marks(generated.items["b.dmg"])
    assert any("/appcast-macos-arm64.xml" in line for line in generated.said)


def test_windows_is_marked_with_its_processor_only_where_there_are_several(put: Put, dist: Path) -> None:
    put("a.msi", msi, architecture="x64")
    alone = marks(Generated(dist).items["a.msi"])
    put("b.msi", msi, architecture="x86")
    beside_another = {name: marks(item) for name, item in Generated(dist).items.items()}

    assert (alone["os"], alone["arch"]) == ("windows", "x86_64")
    assert {name: (said["os"], said["arch"]) for name, said in beside_another.items()} == {
        "a.msi": ("windows-x64", "x86_64"),
        "b.msi": ("windows-x86", "x86"),
    }


def test_a_windows_minimum_is_read_but_not_published(put: Put, dist: Path) -> None:
    put("a.msix", EVERY_KIND["windows.msix"].recipe)

    assert "minimumSystemVersion" not in marks(Generated(dist).items["a.msix"])


@pytest.mark.parametrize(
    ("name", "recipe", "arguments", "warning"),
    [
        ("Acme-Notes-1.4.0.dmg", hfs_plus_image, (), "the file name says 1.4.0, the Info.plist says 1.3.0"),
        ("acme-notes_1.4.0_amd64.deb", deb, ("1.3.0",), "the file name says 1.4.0, the control file (Version 1.3.0)"),
        ("Setup-1.4.0.exe", program, (acme_exe("1.3.0"),), "the file name says 1.4.0, the version resource"),
    ],
    ids=["dmg", "deb", "exe"],
)
def test_the_inside_wins_over_the_name_and_a_contradiction_names_both(
    *, put: Put, dist: Path, name: str, recipe: Callable[..., Path], arguments: tuple[str, ...], warning: str
) -> None:
    put(name, recipe, *arguments)

    generated = Generated(dist)

    assert marks(generated.items[name])["shortVersionString"] == "1.3.0"
    (line,) = [line for line in generated.said if warning in line]
    assert line.startswith(f"! {name}: ")
    assert line.endswith(": 1.3.0 is used")


def test_installers_of_every_kind_are_one_release_of_one_app(every_kind: Path) -> None:
    publication = Publisher.of_folder(every_kind, Store.nowhere()).publish()

    (app,) = publication.catalog.apps
    (release,) = app.releases
    assert (app.name, release.short_version.text) == ("Acme Notes", "1.3.0")
    assert sorted(artifact.download_name for artifact in release.artifacts) == sorted(EVERY_KIND)


def test_for_each_system_the_feed_offers_one_kind_and_names_the_others(every_kind: Path) -> None:
    generated = Generated(every_kind)

    left_out = [line.split()[1] for line in generated.said if " is left out: the feed offers " in line]
    assert {marks(item)["os"].partition("-")[0] for item in generated.items.values()} == {"macos", "windows", "linux"}
    assert sorted([*generated.items, *left_out]) == sorted(EVERY_KIND)


def test_another_run_reads_no_installer_again(every_kind: Path, tmp_path: Path) -> None:
    read: list[str] = []

    def read_and_note(path: Path) -> Facts:
        read.append(path.name)
        return read_installer(path)

    def publish() -> list[Facts]:
        with Store.open(tmp_path / "learned.sqlite3") as store:
            publisher = Publisher.of_folder(every_kind, store)
            publisher.scanner.inside.read_installer = read_and_note
            return [artifact.facts for artifact in publisher.publish().catalog]

    first = publish()
    second = publish()

    assert sorted(read) == sorted(EVERY_KIND)
    assert first == second


@contextmanager
def served(folder: Path) -> Iterator[tuple[DevServer, Mapping[str, ElementTree.Element]]]:
    """Serve the folder, and give the server with the items of the feed that a client gets."""
    with (
        DevServer(ServerSettings(folder=folder, port=0, remember=False)) as server,
        requests.get(f"{server.url}/appcast.xml", timeout=LIMIT) as response,
    ):
        yield server, items(response.content)


@pytest.fixture
def cut_short(build: Build, dist: Path) -> list[str]:
    """Fill the folder with installers of every kind that end too early, in the middle or just before their end."""
    for name, sample in EVERY_KIND.items():
        whole = build(sample.recipe, **sample.options, ballast=CUT).read_bytes()
        (dist / f"half-{name}").write_bytes(whole[: len(whole) // 2])
        if sample.shows_last_byte:
            (dist / f"nearly-{name}").write_bytes(whole[:-1])
    return sorted(path.name for path in dist.iterdir())


def test_what_is_cut_short_is_held_back_by_generate_appcast_with_a_reason(
    put: Put, dist: Path, cut_short: list[str]
) -> None:
    put("whole.deb", deb, "1.3.0")

    generated = Generated(dist)

    assert list(generated.items) == ["whole.deb"]
    assert [line.partition(": it is cut short: ")[0] for line in generated.said] == [
        f"! {name} is not on offer" for name in cut_short
    ]


def test_what_is_cut_short_is_held_back_by_serve_and_cannot_be_downloaded(
    put: Put, dist: Path, cut_short: list[str]
) -> None:
    put("whole.deb", deb, "1.3.0")

    with served(dist) as (server, offered):
        assert list(offered) == ["whole.deb"]
        assert server.publication is not None
        assert [entry.name for entry in server.publication.skipped if "cut short" in entry.reason] == cut_short
        for name in cut_short:
            with requests.get(f"{server.url}/downloads/{name}", timeout=LIMIT) as refused:
                assert refused.status_code == 404


def test_an_empty_installer_is_held_back(put: Put, dist: Path) -> None:
    put("whole.deb", deb, "1.3.0")
    for name in EVERY_KIND:
        (dist / name).touch()

    generated = Generated(dist)

    assert list(generated.items) == ["whole.deb"]
    assert generated.said == [f"! {name} is not on offer: it is empty" for name in sorted(EVERY_KIND)]


def test_a_damaged_installer_costs_only_itself(put: Put, dist: Path) -> None:
    put("whole.deb", deb, "1.3.0")
    damaged = put("Acme-Notes-1.2.0.dmg", hfs_plus_image)
    content = damaged.read_bytes()
    damaged.write_bytes(content.replace(b"<key>blkx</key>", b"<key>blky</key>"))

    generated = Generated(dist)

    assert {name: marks(item)["shortVersionString"] for name, item in generated.items.items()} == {
        "whole.deb": "1.3.0",
        damaged.name: "1.2.0",
    }
    (line,) = generated.said
    assert line.startswith(f"! {damaged.name}: what is inside this dmg cannot be read: ")
    assert line.endswith("; only its file name is used")


def test_a_wrong_ending_is_told_and_the_content_is_believed(put: Put, dist: Path) -> None:
    put("Acme-Notes.exe", deb, "1.3.0")

    generated = Generated(dist)

    assert marks(generated.items["Acme-Notes.exe"])["os"] == "linux"
    assert generated.said == [
        "! Acme-Notes.exe: its content is deb, its name says exe: rename it, since clients go by the name"
    ]


def test_every_installer_that_is_offered_arrives_whole(every_kind: Path) -> None:
    with served(every_kind) as (_, offered):
        for name, item in offered.items():
            (enclosure,) = item.findall("enclosure")
            with requests.get(enclosure.attrib["url"], timeout=LIMIT) as download:
                assert download.content == (every_kind / name).read_bytes()
                assert enclosure.attrib["length"] == str(len(download.content))

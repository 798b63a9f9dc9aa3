import io
import lzma
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.flat_package import PKG
from tests.installers.recipes.flat_package import DISTRIBUTION, PACKAGE_INFO
from tests.installers.writers.compression import blocks
from tests.installers.writers.flat_package import gzipped, payload, xar

WriteApp = Callable[..., Path]

SILENT_PACKAGE_INFO = b'<pkg-info identifier="com.acme.tool.pkg" version="0"/>'


def read(package: bytes) -> Facts:
    assert PKG.recognises(package[:4096])
    return PKG.read(io.BytesIO(package))


def test_a_product_without_an_app_says_what_its_distribution_says() -> None:
    facts = read(xar({"Distribution": DISTRIBUTION, "tool.pkg/PackageInfo": SILENT_PACKAGE_INFO}))

    assert facts.known() == {
        "name": "Acme Notes Suite",
        "identifier": "com.acme.suite",
        "version": "5.0",
        "short_version": "5.0",
        "platform": Platform.MACOS,
        "architectures": (Architecture.ARM64, Architecture.X86_64),
        "minimum_os": "10.15.4",
    }
    assert set(facts.sources.values()) == {"Distribution"}


def test_a_component_without_an_app_says_what_its_package_info_says() -> None:
    facts = read(xar({"PackageInfo": b'<pkg-info identifier="com.acme.tool.pkg" version="1.2"/>'}))

    assert facts.known() == {
        "identifier": "com.acme.tool.pkg",
        "version": "1.2",
        "short_version": "1.2",
        "platform": Platform.MACOS,
    }
    assert set(facts.sources.values()) == {"PackageInfo"}


def test_a_version_that_the_package_builder_made_up_is_none() -> None:
    assert read(xar({"PackageInfo": SILENT_PACKAGE_INFO})).version is None


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(gzipped, id="gzip"),
        pytest.param(lambda data: blocks(b"pbzx", lzma.compress, data), id="pbzx"),
        pytest.param(bytes, id="plain"),
    ],
)
def test_the_app_in_the_payload_comes_first(
    write_app: WriteApp, shelf: Path, truth: Facts, pack: Callable[[bytes], bytes]
) -> None:
    write_app()
    write_app("Acme Notes.app/Contents/Helpers/Updater.app", CFBundleVersion="7")
    component = {"notes.pkg/PackageInfo": PACKAGE_INFO, "notes.pkg/Payload": pack(payload(shelf))}

    assert read(xar({"Distribution": DISTRIBUTION, **component})) == truth


def test_what_the_app_does_not_say_the_package_says(write_app: WriteApp, shelf: Path) -> None:
    write_app(LSMinimumSystemVersion=None, CFBundleDisplayName=None, CFBundleShortVersionString=None)
    component = {"notes.pkg/PackageInfo": PACKAGE_INFO, "notes.pkg/Payload": gzipped(payload(shelf))}

    facts = read(xar({"Distribution": DISTRIBUTION, **component}))

    assert (facts.minimum_os, facts.sources["minimum_os"]) == ("10.15.4", "Distribution")
    assert (facts.name, facts.sources["name"]) == ("Acme Notes Suite", "Distribution")
    assert (facts.short_version, facts.sources["short_version"]) == ("1.3.0", "PackageInfo")
    assert (facts.version, facts.sources["version"]) == ("130", "Info.plist")


def test_the_versions_of_the_app_are_known_without_its_payload() -> None:
    facts = read(xar({"PackageInfo": PACKAGE_INFO}))

    assert (facts.identifier, facts.version, facts.short_version) == ("com.acme.notes", "130", "1.3.0")


def test_the_component_with_the_app_is_found_among_others(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    write_app()
    files = {
        "Distribution": DISTRIBUTION,
        "tool.pkg/PackageInfo": SILENT_PACKAGE_INFO,
        "tool.pkg/Payload": b"not looked at",
        "notes.pkg/PackageInfo": PACKAGE_INFO,
        "notes.pkg/Payload": gzipped(payload(shelf)),
    }

    assert read(xar(files)) == truth


def test_a_product_that_installs_two_apps_is_described_by_its_distribution_alone() -> None:
    both = {"notes.pkg/PackageInfo": PACKAGE_INFO, "draw.pkg/PackageInfo": PACKAGE_INFO.replace(b"Notes", b"Draw")}

    facts = read(xar({"Distribution": DISTRIBUTION, **both}))

    assert (facts.identifier, facts.version) == ("com.acme.suite", "5.0")


def test_a_component_that_names_no_app_is_searched_for_one(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    write_app("Applications/Acme Notes.app")

    assert read(xar({"PackageInfo": SILENT_PACKAGE_INFO, "Payload": gzipped(payload(shelf))})) == truth


def test_links_in_the_payload_are_followed(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    contents = write_app() / "Contents"
    (contents / "Info.plist").rename(contents / "Resources/Real.plist")
    (contents / "Info.plist").symlink_to("Resources/Real.plist")

    assert read(xar({"PackageInfo": SILENT_PACKAGE_INFO, "Payload": gzipped(payload(shelf))})) == truth


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"no payload" * 10, "damaged", id="damaged"),
        pytest.param(gzipped(b"070707" + b"0" * 100), "damaged", id="a damaged header"),
        pytest.param(gzipped(b"070707"), "cut short", id="cut short"),
        pytest.param(gzipped(b"070707")[:-8] + bytes(8), "damaged", id="damaged gzip"),
        pytest.param(b"pbz4" + bytes(50), "pbz4", id="an unknown compression"),
    ],
)
def test_a_payload_that_cannot_be_read_costs_a_warning(content: bytes, reason: str) -> None:
    facts = read(xar({"PackageInfo": PACKAGE_INFO, "Payload": content}))

    assert facts.version == "130"
    assert reason in facts.warnings[0]


@pytest.mark.parametrize("missing", [1, 1000, 19_000])
def test_a_package_that_is_cut_short_is_incomplete(missing: int) -> None:
    package = xar({"PackageInfo": PACKAGE_INFO, "Payload": gzipped(os.urandom(20_000))})

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(package[:-missing])


@pytest.mark.parametrize("size", [4, 27, 28, 100])
def test_a_package_that_ends_before_its_table_is_incomplete(size: int) -> None:
    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(xar({"PackageInfo": PACKAGE_INFO})[:size])


def test_an_archive_that_is_no_package_says_so() -> None:
    with pytest.raises(InstallerError, match="no package"):
        read(xar({"read me": b"Hello"}))


@pytest.mark.parametrize("name", ["Distribution", "PackageInfo"])
def test_a_description_with_a_document_type_is_refused(name: str) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><pkg-info version="&b;"/>'

    with pytest.raises(InstallerError, match="document type"):
        read(xar({name: bomb}))


def test_a_description_of_senseless_size_is_refused() -> None:
    bomb = zlib.compress(b"<pkg-info>" + b" " * 100_000_000)

    with pytest.raises(InstallerError, match="longer than"):
        read(xar({"PackageInfo": bomb}, encoding="application/x-gzip"))


@pytest.mark.parametrize("binary", [False, True], ids=["XML", "binary"])
def test_every_damaged_package_ends_in_facts_or_a_reason(
    write_app: WriteApp, shelf: Path, survives_damage: Callable[..., None], binary: bool
) -> None:
    write_app(binary=binary)
    component = {"notes.pkg/PackageInfo": PACKAGE_INFO, "notes.pkg/Payload": gzipped(payload(shelf))}

    survives_damage(PKG.read, xar({"Distribution": DISTRIBUTION, **component}))

from collections.abc import Callable
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.msix import read_msix
from tests.installers.recipes.msix import BUNDLE, BUNDLE_PATH, IDENTITY, manifest

SurvivesDamage = Callable[[Callable[[BinaryIO], Facts | None], bytes], None]


def read(text: str, path: str = "AppxManifest.xml") -> Facts:
    facts = read_msix([path, "AcmeNotes.exe"], lambda asked, limit: text.encode()[:limit] if asked == path else None)
    assert facts is not None
    return facts


def test_a_package_says_what_its_manifest_says() -> None:
    facts = read(manifest())

    assert (facts.name, facts.version, facts.short_version) == ("Acme Notes 🚀", "1.2.3.0", "1.2.3.0")
    assert (facts.publisher, facts.platform) == ("Acme", Platform.WINDOWS)
    assert (facts.architectures, facts.minimum_os) == ((Architecture.X86_64,), "10.0.17763.0")
    assert facts.sources["version"] == "AppxManifest.xml"


def test_what_stands_in_a_resource_index_is_told_by_the_identity_instead() -> None:
    facts = read(manifest(name="ms-resource:AppName", publisher="ms-resource:Publisher"))

    assert (facts.name, facts.publisher) == ("AcmeNotes", "Acme, Inc.")


@pytest.mark.parametrize(
    ("identity", "architecture"),
    [
        (IDENTITY + ' ProcessorArchitecture="arm64"', Architecture.ARM64),
        (IDENTITY + ' ProcessorArchitecture="x86"', Architecture.X86),
        (IDENTITY + ' ProcessorArchitecture="neutral"', Architecture.UNIVERSAL),
        (IDENTITY, Architecture.UNIVERSAL),
    ],
    ids=["arm64", "x86", "neutral", "not named"],
)
def test_the_architecture_is_that_of_the_identity(identity: str, architecture: Architecture) -> None:
    assert read(manifest(identity=identity)).architectures == (architecture,)


@pytest.mark.parametrize(
    ("dependencies", "minimum"),
    [
        ('<TargetDeviceFamily Name="Windows.Universal" MinVersion="10.0.1.0"/>', "10.0.1.0"),
        ('<TargetDeviceFamily Name="Windows.Xbox" MinVersion="10.0.1.0"/>', None),
        ("", None),
    ],
    ids=["universal", "another device", "none"],
)
def test_the_minimum_is_that_of_the_desktop(dependencies: str, minimum: str | None) -> None:
    assert read(manifest(dependencies=dependencies)).minimum_os == minimum


def test_a_package_for_windows_8_says_its_minimum_elsewhere() -> None:
    for_windows_8 = manifest(dependencies="").replace(
        "</Package>", "<Prerequisites><OSMinVersion>6.2.1</OSMinVersion></Prerequisites></Package>"
    )

    assert read(for_windows_8).minimum_os == "6.2.1"


def test_a_bundle_has_the_version_and_the_architectures_of_its_packages() -> None:
    facts = read(BUNDLE, BUNDLE_PATH)

    assert (facts.name, facts.version, facts.publisher) == ("AcmeNotes", "1.2.3.0", "Acme")
    assert facts.architectures == (Architecture.X86_64, Architecture.ARM64)
    assert facts.minimum_os == "10.0.17763.0"
    assert facts.sources["version"] == "AppxBundleManifest.xml"


def test_a_bundle_without_packages_has_its_own_version() -> None:
    bare = BUNDLE[: BUNDLE.index("<Packages>")] + "</Bundle>"

    assert read(bare, BUNDLE_PATH).version == "2026.1123.1200.0"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<Package/>", "names no identity"),
        ("", "not well-formed"),
        ("<!DOCTYPE Package [<!ENTITY a 'b'>]><Package/>", "document type"),
        ("<Package>" + " " * (2 << 20) + "</Package>", "longer than"),
    ],
    ids=["without identity", "empty", "with entities", "endless"],
)
def test_a_manifest_that_cannot_be_used_is_a_reason(text: str, reason: str) -> None:
    with pytest.raises(InstallerError, match=reason):
        read(text)


def test_what_has_no_manifest_is_no_package() -> None:
    assert read_msix(["content/AppxManifest.xml", "AcmeNotes.exe"], lambda _, __: b"") is None


def test_a_damaged_manifest_ends_in_facts_or_a_reason(survives_damage: SurvivesDamage) -> None:
    def read_manifest(file: BinaryIO) -> Facts | None:
        return read_msix(["AppxManifest.xml"], lambda _, limit: file.read(limit))

    survives_damage(read_manifest, manifest().encode())

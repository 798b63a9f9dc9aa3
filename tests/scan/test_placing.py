"""What an installer is for, from everything that is known of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact, FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.scan.interface import Skipped
from ota_dev.scan.listing import Candidate
from ota_dev.scan.placing import place
from ota_dev.scan.sidecars import Sidecar

NOTHING = Facts()
IDENTITY = FileIdentity(5, 1_767_225_600_000_000_000, 0, 0, 0)


def file(name: str) -> Candidate:
    path = Path("dist", name)
    kind, _ = PackageKind.of_file(path.name) or (PackageKind.ZIP, "")
    return Candidate(name, path, kind, IDENTITY)


def said(**known: Any) -> Sidecar:
    return Sidecar(facts=Facts.read_from("sidecar", **known))


def inside(**known: Any) -> Facts:
    return Facts.read_from("Info.plist", **known)


def placed(
    name: str, *, sidecar: Sidecar | None = None, inside: Facts = NOTHING, last_resort: Facts = NOTHING
) -> Artifact:
    artifact = place(file(name), sidecar or Sidecar(), inside, last_resort)
    assert isinstance(artifact, Artifact), artifact
    return artifact


def skipped(name: str, *, sidecar: Sidecar | None = None, inside: Facts = NOTHING, last_resort: Facts = NOTHING) -> str:
    result = place(file(name), sidecar or Sidecar(), inside, last_resort)
    assert isinstance(result, Skipped), result
    assert result.name == name
    return result.reason


def test_a_file_name_alone_can_be_enough() -> None:
    artifact = placed("builds/Acme-Notes-1.3.0-arm64.dmg")

    assert artifact.download_name == "builds/Acme-Notes-1.3.0-arm64.dmg"
    assert (artifact.size, artifact.modified) == (5, datetime(2026, 1, 1, tzinfo=UTC))
    assert (artifact.kind, artifact.platform) == (PackageKind.DMG, Platform.MACOS)
    assert artifact.architecture is Architecture.ARM64
    assert artifact.build == artifact.short_version == Version("1.3.0")
    assert artifact.facts.sources["short_version"] == "file name"
    assert artifact.aliases == ("acmenotes",)


LAST_RESORT = Facts.read_from("VERSION", short_version="0.1")
PRECEDENCE = {
    "the sidecar counts before all others": (said(short_version="4"), inside(short_version="3"), "Acme-2.exe", "4"),
    "the inside counts before the file name": (None, inside(short_version="3"), "Acme-2.0.exe", "3"),
    "the file name counts before the version file": (None, NOTHING, "Acme-2.0.exe", "2.0"),
    "the version file is the last resort": (None, NOTHING, "Acme.exe", "0.1"),
}


@pytest.mark.parametrize(("sidecar", "inner", "name", "version"), PRECEDENCE.values(), ids=PRECEDENCE)
def test_what_is_said_first_counts(sidecar: Sidecar | None, inner: Facts, name: str, version: str) -> None:
    artifact = placed(name, sidecar=sidecar, inside=inner, last_resort=LAST_RESORT)

    assert artifact.short_version == Version(version)


def test_a_fact_that_is_missing_is_filled_from_the_next_that_has_it() -> None:
    artifact = placed(
        "Acme-2.0-x64.zip", sidecar=said(platform=Platform.WINDOWS), inside=inside(version="130", name="Acme Notes")
    )

    assert artifact.platform is Platform.WINDOWS
    assert (artifact.build, artifact.short_version) == (Version("130"), Version("2.0"))
    assert artifact.architecture is Architecture.X86_64
    assert artifact.facts.sources == {
        "platform": "sidecar",
        "version": "Info.plist",
        "name": "Info.plist",
        "short_version": "file name",
        "architectures": "file name",
    }


def test_the_version_file_says_nothing_of_an_installer_that_has_any_version() -> None:
    artifact = placed("Acme.exe", sidecar=said(version="2.0"), last_resort=LAST_RESORT)

    assert artifact.build == artifact.short_version == Version("2.0")


def test_a_file_name_that_contradicts_the_inside_is_warned_about() -> None:
    artifact = placed("Acme-1.2.dmg", inside=inside(short_version="1.3"))

    assert artifact.facts.warnings == ("the file name says 1.2, the Info.plist says 1.3: 1.3 is used",)


@pytest.mark.parametrize(
    ("name", "inner"),
    {
        "Acme-1.3.dmg": inside(short_version="1.3.0"),
        "Acme-130.dmg": inside(short_version="1.3", version="130"),
        "Acme.dmg": inside(short_version="1.3"),
        "Acme-1.3.dmg ": inside(name="Acme"),
    }.items(),
    ids=["an equal version", "the build instead of the version", "no version", "no version inside"],
)
def test_a_file_name_that_does_not_contradict_is_not_warned_about(name: str, inner: Facts) -> None:
    assert placed(name.strip(), inside=inner).facts.warnings == ()


def test_a_contradiction_that_the_sidecar_settles_is_not_warned_about() -> None:
    artifact = placed("Acme-1.2.dmg", sidecar=said(short_version="1.4"), inside=inside(short_version="1.3"))

    assert artifact.facts.warnings == ()


@pytest.mark.parametrize(
    ("architectures", "architecture"),
    [
        ((Architecture.X86_64, Architecture.ARM64), Architecture.UNIVERSAL),
        ((Architecture.UNIVERSAL, Architecture.X86), Architecture.UNIVERSAL),
        ((Architecture.X86, Architecture.X86_64), Architecture.X86_64),
        ((Architecture.ARM,), Architecture.ARM),
        ((), Architecture.UNKNOWN),
    ],
)
def test_several_architectures_become_the_one_that_says_most(
    architectures: tuple[Architecture, ...], architecture: Architecture
) -> None:
    assert placed("Acme-1.0.dmg", inside=inside(architectures=architectures)).architecture is architecture


def test_the_app_that_the_sidecar_names_is_kept() -> None:
    assert placed("Acme-1.0.dmg", sidecar=Sidecar(app="Acme Draw")).app == "Acme Draw"


@pytest.mark.parametrize("name", ["Acme-1.0.zip", "builds/Acme-1.0.tar.gz"])
def test_an_archive_for_no_known_system_is_skipped_and_the_remedy_is_named(name: str) -> None:
    assert skipped(name) == (
        "neither its name nor an .app inside says which system it is for: put macos, windows or linux into its name, "
        f"or write `os: linux` into {Path(name).name}.yaml"
    )


def test_an_installer_without_a_version_is_skipped_and_the_remedies_are_named() -> None:
    assert skipped("Acme.exe") == (
        "neither its name nor its inside says which version it is: put the version into its name, "
        'write `version: "1.3.0"` into Acme.exe.yaml, or name a file with --version-from'
    )


def test_a_skipped_installer_is_told_what_went_wrong_inside() -> None:
    reason = skipped("Acme-1.0.zip", inside=Facts(warnings=("it holds 2 apps",)))

    assert reason.startswith("it holds 2 apps; neither its name nor an .app inside says")


def test_a_skipped_installer_is_told_what_is_wrong_with_the_version_file() -> None:
    reason = skipped("Acme.exe", last_resort=Facts(warnings=("VERSION, line 1: 'x' is no version",)))

    assert reason.startswith("VERSION, line 1: 'x' is no version; neither its name nor its inside says which version")


def test_what_is_wrong_with_the_version_file_concerns_nobody_who_has_a_version() -> None:
    artifact = placed("Acme-1.0.exe", last_resort=Facts(warnings=("VERSION, line 1: 'x' is no version",)))

    assert artifact.facts.warnings == ()


@pytest.mark.parametrize("key", ["version", "short_version"])
def test_a_version_too_long_to_be_one_is_skipped(key: str) -> None:
    facts = {"version": "1", "short_version": "1", key: "1" * 101}

    assert skipped("Acme.exe", inside=inside(**facts)) == "its version is longer than 100 characters: shorten it"

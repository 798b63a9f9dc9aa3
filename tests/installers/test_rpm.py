"""Packages are made by rpmbuild; rpm is asked whether it reads the same."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.rpm import RPM
from tests.installers.recipes.rpm import rpm

Build = Callable[..., Path]
SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return RPM.read(file)


def test_a_package_says_its_name_version_publisher_and_architecture(build: Build) -> None:
    path = build(rpm)

    facts = read(path)

    assert RPM.recognises(path.read_bytes()[:4096])
    assert (facts.name, facts.version, facts.short_version) == ("acme-notes", "1.2.3", "1.2.3")
    assert (facts.publisher, facts.platform) == ("Acme Söhne", Platform.LINUX)
    assert facts.architectures == (Architecture.X86_64,)
    assert facts.sources["name"] == "RPM header"
    assert facts.sources["version"] == "RPM header (version 1.2.3-4)"


def test_the_epoch_is_no_part_of_the_version(build: Build) -> None:
    facts = read(build(rpm, "1.2.3~beta4", "2"))

    assert facts.version == "1.2.3~beta4"
    assert facts.sources["version"] == "RPM header (version 2:1.2.3~beta4-4)"


@pytest.mark.parametrize(
    ("target", "architecture"),
    [("aarch64", Architecture.ARM64), ("i686", Architecture.X86), ("noarch", Architecture.UNIVERSAL)],
)
def test_the_architecture_is_read_as_rpm_calls_it(build: Build, target: str, architecture: Architecture) -> None:
    assert read(build(rpm, "1.2.3", "", target)).architectures == (architecture,)


def test_rpm_reads_the_same(build: Build) -> None:
    path = build(rpm, "1.2.3", "2")

    query = ["rpm", "-qp", "--queryformat", "%{NAME}|%{EPOCH}:%{VERSION}-%{RELEASE}|%{ARCH}|%{VENDOR}", str(path)]
    shown = subprocess.run(query, capture_output=True, text=True, check=True).stdout

    facts = read(path)
    assert shown == f"{facts.name}|2:{facts.version}-4|x86_64|{facts.publisher}"


def test_a_source_package_is_no_installer(build: Build) -> None:
    with pytest.raises(InstallerError, match="source package"):
        read(build(rpm, stage="-bs"))


def test_a_package_cut_short_is_incomplete(build: Build) -> None:
    whole = build(rpm).read_bytes()

    for size in (6, 97, 150, len(whole) // 2, len(whole) - 1):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            RPM.read(io.BytesIO(whole[:size]))


def test_damage_ends_in_facts_or_a_reason(build: Build, survives_damage: SurvivesDamage) -> None:
    survives_damage(RPM.read, build(rpm).read_bytes())

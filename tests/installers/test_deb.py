"""Packages are made by dpkg-deb, which is also asked whether it reads the same."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.deb import DEB
from tests.installers.recipes.deb import deb

Build = Callable[..., Path]
SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return DEB.read(file)


@pytest.mark.parametrize("compression", ["xz", "zstd", "gzip", "none"])
def test_a_package_says_its_name_version_publisher_and_architecture(build: Build, compression: str) -> None:
    path = build(deb, "1.2.3-1", "amd64", compression)

    facts = read(path)

    assert DEB.recognises(path.read_bytes()[:4096])
    assert (facts.name, facts.version, facts.short_version) == ("acme-notes", "1.2.3", "1.2.3")
    assert (facts.publisher, facts.platform) == ("Acme Söhne", Platform.LINUX)
    assert facts.architectures == (Architecture.X86_64,)
    assert facts.sources["name"] == "control file"
    assert facts.sources["version"] == "control file (Version 1.2.3-1)"


@pytest.mark.parametrize(
    ("debian", "upstream"),
    [
        ("1.2.3", "1.2.3"),
        ("1.2.3-1", "1.2.3"),
        ("2:1.2.3-0ubuntu1~22.04", "1.2.3"),
        ("1:1.2.3", "1.2.3"),
        ("1.2.3~beta.4-1", "1.2.3~beta.4"),
        ("1.2.3-beta.4", "1.2.3-beta.4"),
        ("1.2.3-beta.4-1", "1.2.3-beta.4"),
    ],
)
def test_the_version_is_the_upstream_one_without_epoch_and_revision(build: Build, debian: str, upstream: str) -> None:
    assert read(build(deb, debian)).version == upstream


@pytest.mark.parametrize(
    ("debian", "architecture"),
    [
        ("arm64", Architecture.ARM64),
        ("i386", Architecture.X86),
        ("armhf", Architecture.ARM),
        ("all", Architecture.UNIVERSAL),
    ],
)
def test_the_architecture_is_read_as_debian_calls_it(build: Build, debian: str, architecture: Architecture) -> None:
    assert read(build(deb, "1.2.3", debian)).architectures == (architecture,)


def test_an_architecture_that_no_client_knows_is_not_known(build: Build) -> None:
    assert read(build(deb, "1.2.3", "riscv64")).architectures == ()


def test_dpkg_deb_reads_the_same(build: Build) -> None:
    path = build(deb, "2:1.2.3-1")

    show = ["dpkg-deb", "--show", "--showformat=${Package}|${Version}|${Maintainer}", str(path)]
    shown = subprocess.run(show, capture_output=True, text=True, check=True).stdout

    facts = read(path)
    assert shown == f"{facts.name}|2:{facts.version}-1|{facts.publisher} <packages@acme.example>"


def test_a_package_cut_short_is_incomplete(build: Build) -> None:
    whole = build(deb).read_bytes()

    for size in (20, 70, 100, whole.index(b"data.tar"), len(whole) - 1):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            DEB.read(io.BytesIO(whole[:size]))


def test_a_package_without_a_control_file_is_refused(build: Build) -> None:
    renamed = build(deb, "1.2.3-1", "amd64", "none").read_bytes().replace(b"./control\0", b"./contro1\0")

    with pytest.raises(InstallerError):
        DEB.read(io.BytesIO(renamed))


def test_damage_ends_in_facts_or_a_reason(build: Build, survives_damage: SurvivesDamage) -> None:
    survives_damage(DEB.read, build(deb).read_bytes())

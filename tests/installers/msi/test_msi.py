"""Packages are made by wixl of msitools; msiinfo of msitools is asked whether it reads the same."""

import io
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.msi import MSI
from tests.installers.recipes.msi import msi

Build = Callable[..., Path]
SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]


NAME = "Acme Notes Müller"
ACME = (msi, NAME, "1.2.3")


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return MSI.read(file)


def test_a_package_says_its_name_version_publisher_and_architecture(build: Build) -> None:
    path = build(*ACME)

    facts = read(path)

    assert MSI.recognises(path.read_bytes()[:4096])
    assert (facts.name, facts.version, facts.short_version) == (NAME, "1.2.3", "1.2.3")
    assert (facts.publisher, facts.platform) == ("Acme Söhne", Platform.WINDOWS)
    assert facts.architectures == (Architecture.X86_64,)
    assert facts.sources["version"] == "Property table"
    assert facts.sources["architectures"] == "summary information"
    assert facts.warnings == ()


@pytest.mark.parametrize(("template", "architecture"), [("x86", Architecture.X86), ("x64", Architecture.X86_64)])
def test_the_architecture_is_that_of_the_template(build: Build, template: str, architecture: Architecture) -> None:
    assert read(build(msi, NAME, "1.2.3", template)).architectures == (architecture,)


def test_itanium_is_no_architecture_that_is_known(build: Build) -> None:
    itanium = build(*ACME).read_bytes().replace(b"x64;1033\0", b"Intel64;\0")

    assert MSI.read(io.BytesIO(itanium)).architectures == ()


def test_a_fourth_field_of_the_version_is_kept_with_a_warning(build: Build) -> None:
    facts = read(build(msi, NAME, "1.2.3.4"))

    assert facts.version == "1.2.3.4"
    assert "only the first three fields" in facts.warnings[0]


def test_properties_of_any_length_do_not_shift_the_others(build: Build) -> None:
    facts = read(build(msi, NAME, "1.2.3", long_property=70_000))

    assert (facts.name, facts.version) == (NAME, "1.2.3")


@pytest.mark.parametrize("code_page", [1252, 28591, 0])
def test_texts_are_read_in_the_code_page_of_the_package(build: Build, code_page: int) -> None:
    utf_8 = build(*ACME).read_bytes()
    # The pool of strings begins with its code page; the strings themselves keep their length in bytes.
    changed = utf_8.replace(struct.pack("<I", 65001), struct.pack("<I", code_page))
    changed = changed.replace(NAME.encode(), NAME.encode("latin-1") + b" ")

    assert changed != utf_8
    assert MSI.read(io.BytesIO(changed)).name == NAME


def test_msiinfo_reads_the_same(build: Build) -> None:
    path = build(*ACME)

    table = subprocess.run(["msiinfo", "export", path, "Property"], capture_output=True, text=True, check=True).stdout
    summary = subprocess.run(["msiinfo", "suminfo", path], capture_output=True, text=True, check=True).stdout

    facts = read(path)
    assert f"ProductName\t{facts.name}" in table.splitlines()
    assert f"ProductVersion\t{facts.version}" in table.splitlines()
    assert f"Manufacturer\t{facts.publisher}" in table.splitlines()
    assert "Template: x64;1033" in summary.splitlines()


def test_a_package_cut_short_is_incomplete(build: Build) -> None:
    whole = build(*ACME).read_bytes()

    for size in (8, 511, 513, len(whole) // 2, len(whole) - 512):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            MSI.read(io.BytesIO(whole[:size]))


def test_a_compound_file_that_is_no_package_is_refused(build: Build) -> None:
    other = build(*ACME).read_bytes().replace("\u4840\u3f3f".encode("utf-16-le"), "no".encode("utf-16-le"))

    with pytest.raises(InstallerError, match="no table _StringPool"):
        MSI.read(io.BytesIO(other))


def test_a_chain_of_sectors_that_bites_its_tail_ends(build: Build) -> None:
    looping = bytearray(build(*ACME).read_bytes())
    sector_size = 1 << looping[30]
    table = (int.from_bytes(looping[76:80], "little") + 1) * sector_size
    for sector in range(100):
        looping[table + 4 * sector : table + 4 * sector + 4] = sector.to_bytes(4, "little")

    with pytest.raises(InstallerError):
        MSI.read(io.BytesIO(looping))


def test_damage_ends_in_facts_or_a_reason(build: Build, survives_damage: SurvivesDamage) -> None:
    survives_damage(MSI.read, build(*ACME).read_bytes())

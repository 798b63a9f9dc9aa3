"""Programs are linked by GNU binutils for Windows, from resource scripts; setups are made by NSIS."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.portable_executable import EXE
from tests.installers.recipes.portable_executable import NSIS_KEYS, nsis_setup, program, version_info

Build = Callable[..., Path]
SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]

ENGLISH, GERMAN, FRENCH, NEUTRAL = (9, 1), (7, 1), (12, 1), (0, 0)
ZERO = "0.0.0.0"  # noqa: S104 - a version, not an address
ROCKET = r"\xD83D\xDE80"  # as the resource compiler wants it: in UTF-16


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return EXE.read(file)


def test_a_program_is_recognised_by_its_first_bytes(build: Build) -> None:
    assert EXE.recognises(build(program, version_info({})).read_bytes()[:4096])
    assert not EXE.recognises(b"PK\x03\x04")


def test_the_name_and_the_publisher_are_read_with_characters_beyond_the_basic_plane(build: Build) -> None:
    strings = {"ProductName": rf"Acme Notes {ROCKET} M\xFCller", "CompanyName": r" Acme S\xF6hne "}

    facts = read(build(program, version_info(strings)))

    assert (facts.name, facts.publisher) == ("Acme Notes 🚀 Müller", "Acme Söhne")
    assert facts.platform is Platform.WINDOWS
    assert facts.architectures == ()
    assert facts.sources["name"] == "version resource"


@pytest.mark.parametrize(
    ("strings", "fixed", "version", "field"),
    [
        pytest.param(
            {"ProductVersion": "6.3.1" + " " * 45, "FileVersion": "51.1052.0.0"},
            ("51,1052,0,0", "6,3,1,0"),
            "6.3.1",
            "ProductVersion",
            id="the product version comes first, without its blanks",
        ),
        pytest.param(
            {"ProductVersion": "", "FileVersion": "2.0"},
            ("2,0,0,0", "1,4,0,0"),
            "1.4.0.0",
            "fixed ProductVersion",
            id="then its fixed form",
        ),
        pytest.param(
            {"ProductVersion": ZERO, "FileVersion": "4.00 (win7_rtm.090713-1255)"},
            ("4,0,0,0", "0,0,0,0"),
            "4.00",
            "FileVersion",
            id="then the file version, up to the first blank",
        ),
        pytest.param(
            {}, ("3,10,2103,0", "0,0,0,0"), "3.10.2103.0", "fixed FileVersion", id="and last the fixed form of that"
        ),
    ],
)
def test_the_version_that_people_read_is_chosen(
    build: Build, strings: dict[str, str], fixed: tuple[str, str], version: str, field: str
) -> None:
    facts = read(build(program, version_info(strings, *fixed)))

    assert (facts.version, facts.short_version) == (version, version)
    assert facts.sources["version"] == f"version resource ({field})"


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("2, 0, 1, 5", "2.0.1.5"),
        ("1.2.3-beta.4+g1a", "1.2.3-beta.4+g1a"),
        ("2.0.1+eef37460ae", "2.0.1+eef37460ae"),
        ("16.04", "16.04"),
        ("Version 16.04", "16.04"),
        ("v1.2", "1.2"),
        ("1.2 (build 7)", "1.2"),
    ],
)
def test_a_version_keeps_its_spelling_but_for_commas_and_words(build: Build, text: str, version: str) -> None:
    assert read(build(program, version_info({"ProductVersion": text}))).version == version


@pytest.mark.parametrize("text", ["", ZERO, "0", "   ", "unknown", "<version>"])
def test_a_version_that_is_not_set_is_not_known(build: Build, text: str) -> None:
    facts = read(build(program, version_info({"ProductName": "Acme Notes", "ProductVersion": text})))

    assert facts.name == "Acme Notes"
    assert facts.version is None


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [
        ([GERMAN, ENGLISH, NEUTRAL], NEUTRAL),
        ([FRENCH, ENGLISH, GERMAN], ENGLISH),
        ([FRENCH, GERMAN], GERMAN),
    ],
    ids=["neutral before all", "English before others", "else the lowest number"],
)
def test_one_of_several_languages_is_chosen(
    build: Build, languages: list[tuple[int, int]], chosen: tuple[int, int]
) -> None:
    scripts = [f"LANGUAGE {a}, {b}\n{version_info({'ProductName': f'Acme {(a, b)}'})}" for a, b in languages]

    assert read(build(program, *scripts)).name == f"Acme {chosen}"


def test_an_nsis_setup_says_what_its_version_keys_say(build: Build) -> None:
    facts = read(build(nsis_setup, NSIS_KEYS))

    assert (facts.name, facts.version, facts.publisher) == ("Acme Notes", "1.3.0", "Acme")


def test_a_program_without_a_version_resource_says_nothing_and_that_it_does(build: Build) -> None:
    facts = read(build(nsis_setup))

    assert (facts.name, facts.version, facts.platform) == (None, None, Platform.WINDOWS)
    assert "no version resource" in facts.warnings[0]


def test_a_program_cut_within_its_sections_is_incomplete(build: Build) -> None:
    whole = build(program, version_info({})).read_bytes()
    resources = whole.index(b".rsrc")  # its entry in the table of sections, the last one
    size, start = (int.from_bytes(whole[resources + at :][:4], "little") for at in (16, 20))

    for end in (2, 100, 200, resources, start, start + size - 1):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            EXE.read(io.BytesIO(whole[:end]))


def test_an_nsis_setup_cut_within_its_payload_is_incomplete(build: Build) -> None:
    whole = build(nsis_setup, NSIS_KEYS).read_bytes()

    with pytest.raises(IncompleteInstallerError, match="its NSIS payload should end at byte"):
        EXE.read(io.BytesIO(whole[:-1]))


def test_a_signed_program_cut_before_its_signature_is_incomplete(build: Build) -> None:
    signed = bytearray(build(program, version_info({})).read_bytes())
    optional_header = int.from_bytes(signed[60:64], "little") + 24
    directory = optional_header + 112 + 4 * 8
    signed[directory : directory + 8] = len(signed).to_bytes(4, "little") + (16).to_bytes(4, "little")

    assert EXE.read(io.BytesIO(signed + bytes(16))).platform is Platform.WINDOWS
    with pytest.raises(IncompleteInstallerError, match="its signature should end at byte"):
        EXE.read(io.BytesIO(signed + bytes(15)))


def test_a_program_for_dos_is_refused() -> None:
    with pytest.raises(InstallerError, match="MS-DOS"):
        EXE.read(io.BytesIO(b"MZ" + b"\x40".rjust(59, b"\0") + bytes(200)))


def test_a_resource_directory_that_contains_itself_ends(build: Build) -> None:
    looping = bytearray(build(program, version_info({})).read_bytes())
    root = looping.index(b".rsrc")
    directory = int.from_bytes(looping[root + 20 : root + 24], "little")
    looping[directory + 20 : directory + 24] = (1 << 31).to_bytes(4, "little")

    with pytest.raises(InstallerError):
        EXE.read(io.BytesIO(looping))


def test_damage_ends_in_facts_or_a_reason(build: Build, survives_damage: SurvivesDamage) -> None:
    strings = {"ProductName": "Acme Notes", "ProductVersion": "1.2.3", "CompanyName": "Acme"}

    survives_damage(EXE.read, build(program, version_info(strings)).read_bytes())

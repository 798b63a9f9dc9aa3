import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.appimage import APPIMAGE
from tests.installers.recipes.appimage import ENTRY, appimage, deflated, runtime

Build = Callable[..., Path]
SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]

METAINFO = """\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>com.acme.notes</id>
  <releases>
    <release version="2.0.0" date="2026-02-01"/>
    <release version="1.2.3" date="2026-01-01"/>
  </releases>
</component>
"""


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return APPIMAGE.read(file)


def test_an_appimage_says_its_name_and_version(build: Build) -> None:
    path = build(appimage)

    facts = read(path)

    assert APPIMAGE.recognises(path.read_bytes()[:4096])
    assert (facts.name, facts.version, facts.short_version) == ("Acme Notes", "1.2.3", "1.2.3")
    assert facts.platform is Platform.LINUX
    assert facts.sources["version"] == "acme.desktop"
    assert facts.sources["architectures"] == "ELF header"


@pytest.mark.parametrize(
    ("machine", "architectures"),
    [
        (0x3E, (Architecture.X86_64,)),
        (0xB7, (Architecture.ARM64,)),
        (0x03, (Architecture.X86,)),
        (0x28, (Architecture.ARM,)),
        (0xF3, ()),
    ],
)
def test_the_architecture_is_that_of_the_runtime(
    build: Build, machine: int, architectures: tuple[Architecture, ...]
) -> None:
    built = build(appimage).read_bytes()
    for_machine = runtime(machine) + built[len(runtime()) :]

    assert APPIMAGE.read(io.BytesIO(for_machine)).architectures == architectures


def test_a_desktop_entry_may_be_a_link(build: Build) -> None:
    def linked(folder: Path) -> Path:
        return appimage(folder, linked=True)

    assert read(build(linked)).version == "1.2.3"


def test_without_a_version_in_the_entry_the_newest_release_of_the_metainfo_counts(build: Build) -> None:
    facts = read(build(appimage, "[Desktop Entry]\nName=Acme Notes\n", METAINFO))

    assert (facts.name, facts.version) == ("Acme Notes", "2.0.0")
    assert facts.sources["version"] == "usr/share/metainfo/com.acme.notes.appdata.xml"


def test_the_entry_comes_before_the_metainfo(build: Build) -> None:
    assert read(build(appimage, ENTRY, METAINFO)).version == "1.2.3"


def test_an_appimage_without_any_version_still_says_its_name(build: Build) -> None:
    facts = read(build(appimage, "[Desktop Entry]\nName=Acme Notes\n"))

    assert (facts.name, facts.version) == ("Acme Notes", None)


def test_an_appimage_without_a_desktop_entry_is_refused(build: Build) -> None:
    with pytest.raises(InstallerError, match="no desktop entry"):
        read(build(appimage, ""))


def test_an_appimage_of_type_1_is_refused_with_that_reason(build: Build) -> None:
    old = runtime(image_type=1) + build(appimage).read_bytes()[len(runtime()) :]

    assert APPIMAGE.recognises(old[:4096])
    with pytest.raises(InstallerError, match="type 1"):
        APPIMAGE.read(io.BytesIO(old))


def test_an_appimage_with_another_file_system_is_refused() -> None:
    with pytest.raises(InstallerError, match="no squashfs"):
        APPIMAGE.read(io.BytesIO(runtime() + b"DWARFS" + bytes(200)))


def test_an_appimage_cut_short_is_incomplete(build: Build) -> None:
    whole = build(appimage).read_bytes()

    # The last block of a squashfs is padding.
    for size in (40, len(runtime()) // 2, len(runtime()) + 10, len(runtime()) + 200, len(whole) - 4096):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            APPIMAGE.read(io.BytesIO(whole[:size]))


def test_damage_ends_in_facts_or_a_reason(build: Build, survives_damage: SurvivesDamage) -> None:
    whole = build(appimage, "[Desktop Entry]\nName=Acme Notes\n", METAINFO).read_bytes()

    survives_damage(APPIMAGE.read, whole)


BLOCK_MAP = deflated(b'{"version": "2", "files": []}')


def test_an_appimage_by_electron_builder_has_a_map_of_its_blocks_at_its_end(build: Build) -> None:
    facts = APPIMAGE.read(io.BytesIO(build(appimage).read_bytes() + BLOCK_MAP))

    assert facts.block_map_size == len(BLOCK_MAP) - 4
    assert facts.version == "1.2.3"


@pytest.mark.parametrize(
    "end",
    [
        b"",
        BLOCK_MAP[:-1] + bytes([BLOCK_MAP[-1] - 1]),
        BLOCK_MAP[:-1] + bytes([BLOCK_MAP[-1] + 1]),
        BLOCK_MAP[:-4] + b"\xff" * 4,
        deflated(b"[1]"),
        deflated(b"[" * 100_000),
        deflated(bytes(100_000_000)),
        b"Acme" + (4).to_bytes(4, "big"),
    ],
    ids=["none", "too short", "too long", "beyond the file", "another document", "deep", "a bomb", "not deflated"],
)
def test_what_is_no_map_of_blocks_counts_for_nothing(build: Build, end: bytes) -> None:
    facts = APPIMAGE.read(io.BytesIO(build(appimage).read_bytes() + end))

    assert (facts.block_map_size, facts.version) == (None, "1.2.3")

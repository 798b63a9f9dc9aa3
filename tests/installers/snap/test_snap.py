import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.snap import SNAP
from tests.installers.recipes.snap import YAML, snap

Build = Callable[..., Path]
SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        return SNAP.read(file)


def test_a_snap_says_its_title_version_and_architecture(build: Build) -> None:
    path = build(snap)

    facts = read(path)

    assert SNAP.recognises(path.read_bytes()[:4096])
    assert (facts.name, facts.version, facts.short_version) == ("Acme Notes", "1.2.3", "1.2.3")
    assert (facts.platform, facts.architectures) == (Platform.LINUX, (Architecture.X86_64,))
    assert facts.sources["version"] == "meta/snap.yaml"


def test_a_snap_without_a_title_is_called_by_its_name(build: Build) -> None:
    assert read(build(snap, "name: acme-notes\nversion: '1'\n")).name == "acme-notes"


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("1.10", "1.10"),
        ("'1.10'", "1.10"),
        ('"1.10"', "1.10"),
        ("1.10 # the tenth", "1.10"),
        ("'1.10 #10'  # the tenth", "1.10 #10"),
        ("1.2.3+git7.gabc1234", "1.2.3+git7.gabc1234"),
    ],
)
def test_a_version_is_text_in_quotes_or_not(build: Build, written: str, version: str) -> None:
    assert read(build(snap, f"name: acme-notes\nversion: {written}\n")).version == version


@pytest.mark.parametrize(
    ("written", "architectures"),
    [
        ("architectures: [amd64, arm64]", (Architecture.X86_64, Architecture.ARM64)),
        ("architectures:\n  - arm64\n  - 'armhf'", (Architecture.ARM64, Architecture.ARM)),
        ("architectures:\n- all", (Architecture.UNIVERSAL,)),
        ("architectures:\n- s390x", ()),
        ("grade: stable", ()),
    ],
)
def test_architectures_are_a_list_of_either_style(
    build: Build, written: str, architectures: tuple[Architecture, ...]
) -> None:
    assert read(build(snap, f"name: acme-notes\n{written}\n")).architectures == architectures


def test_a_file_system_without_a_snap_yaml_is_no_snap(build: Build) -> None:
    def other(folder: Path) -> Path:
        (folder / "root").mkdir()
        subprocess.run(["mksquashfs", "root", "other.snap", "-quiet"], cwd=folder, check=True, capture_output=True)
        return folder / "other.snap"

    with pytest.raises(InstallerError, match=r"no meta/snap\.yaml"):
        read(build(other))


@pytest.mark.parametrize("compression", ["xz", "gzip", "zstd"])
def test_damage_ends_in_facts_or_a_reason(build: Build, compression: str, survives_damage: SurvivesDamage) -> None:
    survives_damage(SNAP.read, build(snap, YAML, compression).read_bytes())

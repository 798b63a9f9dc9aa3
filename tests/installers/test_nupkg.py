from collections.abc import Callable
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.nupkg import read_nupkg
from tests.installers.recipes.nupkg import METADATA, VELOPACK, nuspec

SurvivesDamage = Callable[[Callable[[BinaryIO], Facts | None], bytes], None]

PATH = "AcmeNotes.nuspec"


def read(metadata: str = METADATA) -> Facts:
    facts = read_nupkg(["lib/net45/AcmeNotes.exe", PATH], lambda _, limit: nuspec(metadata).encode()[:limit])
    assert facts is not None
    return facts


def test_a_package_says_what_its_nuspec_says() -> None:
    facts = read()

    assert (facts.name, facts.version, facts.short_version) == ("Acme Notes", "1.2.3-beta.4", "1.2.3-beta.4")
    assert (facts.publisher, facts.platform, facts.architectures) == ("Acme", None, ())
    assert facts.sources["version"] == "AcmeNotes.nuspec"


def test_a_package_without_a_title_is_called_by_its_id() -> None:
    assert read("<id>AcmeNotes</id><version>1.0.0</version><title> </title>").name == "AcmeNotes"


def test_velopack_adds_the_platform_the_architecture_and_the_minimum() -> None:
    facts = read(METADATA + VELOPACK)

    assert (facts.platform, facts.architectures) == (Platform.WINDOWS, (Architecture.X86_64,))
    assert facts.minimum_os == "10.0.19043"


@pytest.mark.parametrize(
    ("runtime", "platform", "architecture"),
    [
        ("osx-arm64", Platform.MACOS, Architecture.ARM64),
        ("linux-x64", Platform.LINUX, Architecture.X86_64),
        ("win7-x86", Platform.WINDOWS, Architecture.X86),
    ],
)
def test_the_runtime_identifier_says_platform_and_architecture(
    runtime: str, platform: Platform, architecture: Architecture
) -> None:
    facts = read(f"{METADATA}<rid>{runtime}</rid>")

    assert (facts.platform, facts.architectures) == (platform, (architecture,))


def test_what_has_no_nuspec_at_its_root_is_no_package() -> None:
    assert read_nupkg(["content/Other.nuspec"], lambda _, __: b"") is None


def test_a_nuspec_without_metadata_is_a_reason() -> None:
    with pytest.raises(InstallerError, match=r"AcmeNotes\.nuspec has no metadata"):
        read_nupkg([PATH], lambda _, __: b"<package/>")


def test_a_damaged_manifest_ends_in_facts_or_a_reason(survives_damage: SurvivesDamage) -> None:
    def read_manifest(file: BinaryIO) -> Facts | None:
        return read_nupkg([PATH], lambda _, limit: file.read(limit))

    survives_damage(read_manifest, nuspec(METADATA + VELOPACK).encode())

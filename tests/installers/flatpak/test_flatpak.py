import io
from collections.abc import Callable
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers import flatpak
from ota_dev.installers.flatpak import FLATPAK
from tests.installers.recipes.flatpak import bundle

SurvivesDamage = Callable[[Callable[[BinaryIO], Facts], bytes], None]


def read(data: bytes) -> Facts:
    return FLATPAK.read(io.BytesIO(data))


# Each length needs offsets of another size.
@pytest.mark.parametrize("part", [10, 1000, 100_000])
def test_a_bundle_says_its_identifier_architecture_name_and_version(part: int) -> None:
    data = bundle(part=part)

    facts = read(data)

    assert FLATPAK.recognises(data[:4096])
    assert (facts.identifier, facts.platform) == ("com.acme.Notes", Platform.LINUX)
    assert facts.architectures == (Architecture.X86_64,)
    assert (facts.name, facts.version, facts.short_version) == ("Acme Notes", "1.2.3", "1.2.3")
    assert (facts.sources["identifier"], facts.sources["version"]) == ("ref", "appdata")


def test_a_bundle_without_appdata_says_no_version() -> None:
    facts = read(bundle(appdata=None))

    assert (facts.identifier, facts.name, facts.version) == ("com.acme.Notes", None, None)


def test_a_bundle_with_appdata_of_nothing_says_no_version() -> None:
    assert read(bundle(appdata="<components/>")).version is None


def test_appdata_of_senseless_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(flatpak.MAX_SIZES, "appdata", 100)

    with pytest.raises(InstallerError, match="its appdata has"):
        read(bundle())


@pytest.mark.parametrize("ref", ["runtime/com.acme.Platform/x86_64/1", "app", ""])
def test_a_bundle_of_no_app_is_refused(ref: str) -> None:
    with pytest.raises(InstallerError, match="not of an app"):
        read(bundle(ref))


def test_a_bundle_cut_short_is_incomplete() -> None:
    whole = bundle(part=1000)

    for size in (8, 100, len(whole) // 2):
        with pytest.raises(IncompleteInstallerError, match="cut short"):
            read(whole[:size])


def test_appdata_that_unpacks_without_end_is_refused() -> None:
    bomb = "<a>" + " " * (8 << 20)

    with pytest.raises(InstallerError, match="longer than"):
        read(bundle(appdata=bomb))


def test_damage_ends_in_facts_or_a_reason(survives_damage: SurvivesDamage) -> None:
    survives_damage(FLATPAK.read, bundle())

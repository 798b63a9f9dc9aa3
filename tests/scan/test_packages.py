"""What a look at a folder makes of the packages of Velopack."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.scan.scanner import Scanner
from tests.installers.recipes.nupkg import write_package

CHANNEL = "<channel>linux-arm64</channel>"
NOTES = "<releaseNotes>*Faster*</releaseNotes>"


@pytest.fixture
def scan(scanner: Callable[..., Scanner], put: Callable[..., Path]) -> Callable[..., Scanner]:
    return lambda more="": _scanned(scanner, put, more)


def _scanned(scanner: Callable[..., Scanner], put: Callable[..., Path], more: str) -> Scanner:
    write_package(put("Acme-1.3.0-full.nupkg", b""), "1.3.0", "linux", more)
    return scanner()


def test_a_package_is_on_the_channel_that_it_was_built_for(scan: Callable[..., Scanner]) -> None:
    (found,) = scan(CHANNEL).scan().installers

    assert found.artifact.policy.channel == "linux-arm64"


def test_the_default_channel_of_a_system_is_none(scan: Callable[..., Scanner]) -> None:
    (found,) = scan("<channel>linux</channel>").scan().installers

    assert found.artifact.policy.channel is None


def test_who_names_a_channel_beside_a_package_has_the_last_word(
    scan: Callable[..., Scanner], put: Callable[..., Path]
) -> None:
    put("Acme-1.3.0-full.nupkg.yaml", b"channel: beta")

    (found,) = scan(CHANNEL).scan().installers

    assert found.artifact.policy.channel == "beta"


def test_notes_in_a_package_are_its_notes(scan: Callable[..., Scanner]) -> None:
    (found,) = scan(NOTES).scan().installers

    assert [note.text for note in found.artifact.notes.notes] == ["<p><em>Faster</em></p>\n"]


def test_notes_beside_a_package_go_before_those_in_it(scan: Callable[..., Scanner], put: Callable[..., Path]) -> None:
    put("Acme-1.3.0-full.txt", b"Slower")

    (found,) = scan(NOTES).scan().installers

    assert [note.text for note in found.artifact.notes.notes] == ["Slower"]


def test_a_delta_is_no_installer(scan: Callable[..., Scanner], put: Callable[..., Path]) -> None:
    put("Acme-1.3.0-delta.nupkg", b"delta")

    found = scan().scan()

    assert [delta.name for delta in found.deltas] == ["Acme-1.3.0-delta.nupkg"]
    assert [installer.artifact.download_name for installer in found.installers] == ["Acme-1.3.0-full.nupkg"]

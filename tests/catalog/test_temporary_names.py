"""The names of files that are still on their way."""

import pytest

from ota_dev.catalog.temporary_names import is_temporary_name


@pytest.mark.parametrize(
    "name",
    [
        *("Acme-Notes-1.0.dmg.part", "Acme-Notes-1.0.dmg.crdownload", "Unconfirmed 123.crdownload"),
        *("Acme-Notes-1.0.dmg.download", "Acme-Notes-1.0.exe.opdownload", "Acme-Notes-1.0.zip.filepart"),
        *("Acme-Notes-1.0.zip.tmp", "Acme-Notes-1.0.zip.TMP", "Acme-Notes-1.0.zip.partial", "Setup.exe.temp"),
        *("CHANGELOG.md~", ".Acme-Notes-1.0.dmg.x7Gq2a", ".DS_Store", "._Acme-Notes-1.0.dmg"),
    ],
)
def test_an_unfinished_file_is_known_by_its_name(name: str) -> None:
    assert is_temporary_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Acme-Notes-1.0.dmg",
        "Party-1.0.zip",
        "download-manager.exe",
        "tmp.zip",
        "Setup.msi",
        "CHANGELOG.md",
        "Acme~1.exe",
    ],
)
def test_a_finished_file_is_not_taken_for_an_unfinished_one(name: str) -> None:
    assert not is_temporary_name(name)

"""Which files hold notes."""

from pathlib import Path

import pytest

from ota_dev.scan.notes_files import (
    changelog_paths,
    installer_base,
    is_changelog_name,
    is_notes_name,
    notes_files,
    served_bases,
)

BASES = {
    "Acme-1.3.0.md": {"Acme-1.3.0": ""},
    "Acme-1.3.0.de.html": {"Acme-1.3.0.de": "", "Acme-1.3.0": "de"},
    "Acme-1.3.0.zh_cn.txt": {"Acme-1.3.0.zh_cn": "", "Acme-1.3.0": "zh-CN"},
    "old/Acme.de.md": {"old/Acme.de": "", "old/Acme": "de"},
    "Acme-1.3.0.draft.md": {"Acme-1.3.0.draft": ""},
    "v1.de/Acme.md": {"v1.de/Acme": ""},
    "Acme-1.3.0.dmg": {},
    "Acme-1.3.0.htm": {},
    "md": {},
}


@pytest.mark.parametrize(("name", "bases"), BASES.items())
def test_a_file_is_for_the_installers_of_its_base_name(name: str, bases: dict[str, str]) -> None:
    assert served_bases(name) == bases


def test_of_several_for_one_language_html_counts_first_and_text_last() -> None:
    found = notes_files(["Acme.txt", "Acme.md", "Acme.html", "Acme.de.txt", "Acme.de.md", "README", "Other.md"])

    assert [file.name for file in found["Acme"]] == ["Acme.html", "Acme.md", "Acme.txt", "Acme.de.md", "Acme.de.txt"]


@pytest.mark.parametrize(
    ("installer", "base"), [("Acme-1.3.0.tar.gz", "Acme-1.3.0"), ("old/Acme.DMG", "old/Acme"), ("README", "README")]
)
def test_the_base_name_of_an_installer_is_without_its_ending(installer: str, base: str) -> None:
    assert installer_base(installer) == base


CHANGELOGS = {
    "CHANGELOG.md": True,
    "Changelog.MD": True,
    "changelog.zh-CN.md": True,
    "CHANGELOG": False,
    "CHANGELOG.txt": False,
    "CHANGELOG.draft.md": False,
    "CHANGELOG-old.md": False,
    "Acme.md": False,
}


@pytest.mark.parametrize(("name", "is_one"), CHANGELOGS.items())
def test_a_change_log_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert is_changelog_name(name) is is_one


@pytest.mark.parametrize(("name", "may"), [("a.html", True), ("a.md", True), ("a.txt", True), ("a.xml", False)])
def test_notes_are_known_by_their_ending(name: str, may: bool) -> None:
    assert is_notes_name(name) is may


def test_a_change_log_in_the_folder_goes_before_those_beside_it(dist: Path) -> None:
    for beside in ("CHANGELOG.md", "CHANGELOG.de.md", "README.md"):
        (dist.parent / beside).touch()

    assert changelog_paths(dist, []) == {
        None: dist.parent.absolute() / "CHANGELOG.md",
        "de": dist.parent.absolute() / "CHANGELOG.de.md",
    }
    assert changelog_paths(dist, ["CHANGELOG.md", "old/CHANGELOG.de.md"]) == {None: dist / "CHANGELOG.md"}


def test_a_folder_that_is_not_there_has_no_change_log(tmp_path: Path) -> None:
    assert changelog_paths(tmp_path / "away" / "dist", []) == {}

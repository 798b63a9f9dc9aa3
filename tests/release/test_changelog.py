"""The changelog has the form of Keep a Changelog, and agrees with the version."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

import ota_dev

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
CATEGORIES = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]  # in Keep a Changelog's order
UNRELEASED = "Unreleased"


class Section(NamedTuple):
    """What changed in one version."""

    name: str
    date: str
    categories: list[str]
    entries: list[str]


def sections(text: str) -> Iterator[Section]:
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        name, _, day = heading.partition(" - ")
        entries = re.findall(r"^- (.+?)(?=\n- |\n\n|\n#|\Z)", body.strip(), re.MULTILINE | re.DOTALL)
        yield Section(name.strip("[]"), day, re.findall(r"^### (.+)$", body, re.MULTILINE), entries)


SECTIONS = list(sections(CHANGELOG))
RELEASED = [section for section in SECTIONS if section.name != UNRELEASED]


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_it_says_what_form_it_has_and_what_versions_mean() -> None:
    introduction = CHANGELOG.partition("\n## ")[0]

    assert introduction.startswith("# Changelog\n")
    assert "https://keepachangelog.com/en/1.1.0/" in introduction
    assert "https://semver.org/spec/v2.0.0.html" in introduction


def test_what_comes_first_is_not_released_or_is_this_version() -> None:
    assert SECTIONS[0].name in (UNRELEASED, ota_dev.__version__)
    assert UNRELEASED not in [section.name for section in SECTIONS[1:]]


def test_this_version_is_the_newest_released_or_newer() -> None:
    assert all(number(section.name) <= number(ota_dev.__version__) for section in RELEASED)


def test_releases_stand_newest_first_with_their_days() -> None:
    days = [date.fromisoformat(section.date) for section in RELEASED]

    assert all(newer >= older for newer, older in pairwise(days))
    assert all(number(newer.name) > number(older.name) for newer, older in pairwise(RELEASED))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_changes_are_sorted_by_what_they_mean_for_a_user(section: Section) -> None:
    assert section.categories == [each for each in CATEGORIES if each in section.categories]
    assert section.entries


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_an_entry_is_whole_sentences(section: Section) -> None:
    wrong = [entry for entry in section.entries if not (re.match(r"[A-Z`\[]", entry) and entry.endswith((".", "…")))]

    assert wrong == []


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a repository of version 1.2.0."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "ota_dev").mkdir()
    shutil.copy(ROOT / ".ci" / "release_notes.py", tmp_path / ".ci")
    (tmp_path / "ota_dev" / "__init__.py").write_text('"""A server."""\n\n__version__ = "1.2.0"\n')
    changes = "## [1.2.0] - 2026-03-01\n\n### Added\n\n- A thing.\n\n## [1.1.0] - 2026-02-01\n\n- Old.\n"
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{changes}")
    return tmp_path


def notes(repository: Path, tag: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / ".ci" / "release_notes.py"), tag]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_the_notes_of_a_version_are_its_section(repository: Path) -> None:
    result = notes(repository, "v1.2.0")

    assert (result.returncode, result.stdout) == (0, "### Added\n\n- A thing.\n")


def test_a_tag_of_another_version_is_refused(repository: Path) -> None:
    result = notes(repository, "v1.3.0")

    assert result.returncode == 1
    assert result.stderr == "the tag v1.3.0 is not v1.2.0, the version in ota_dev/__init__.py\n"


def test_a_version_without_a_dated_section_is_refused(repository: Path) -> None:
    (repository / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n\n- A thing.\n")

    result = notes(repository, "v1.2.0")

    assert result.returncode == 1
    assert result.stderr == "CHANGELOG.md has no section [1.2.0] with a date: give Unreleased that name\n"

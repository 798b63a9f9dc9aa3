"""Which files hold notes, by their names: beside an installer, or a change log. Reads one folder listing at most.

`Acme-Notes-1.3.0.md` is for all installers of that base name, `Acme-Notes-1.3.0.de.md` for them in German;
`CHANGELOG.md` and `CHANGELOG.zh-CN.md` are for the whole folder, in it or beside it.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ota_dev.catalog.languages import language_tag
from ota_dev.catalog.package_kinds import PackageKind

__all__ = [
    "NotesFile",
    "changelog_paths",
    "installer_base",
    "is_changelog_name",
    "is_notes_name",
    "notes_files",
    "notes_names",
    "served_bases",
]

SUFFIXES = (".html", ".md", ".txt")  # of several for one language, the first counts
CHANGELOG = "changelog"
MOST_BESIDE = 10_000  # entries of the folder's parent that are looked at


@dataclass(frozen=True, slots=True, order=True)
class NotesFile:
    """A file with notes; ordered as they count."""

    language: str  # a BCP 47 tag; empty for the default language
    rank: int  # of its suffix
    name: str  # as a download name


def installer_base(installer: str) -> str:
    """Give the download name of an installer without its ending."""
    kind_and_base = PackageKind.of_file(installer)
    return kind_and_base[1] if kind_and_base else installer


def is_notes_name(name: str) -> bool:
    """Say whether a file of this name may hold notes."""
    return name.endswith(SUFFIXES)


def is_changelog_name(name: str) -> bool:
    """Say whether a file of this name is a change log, in whichever language."""
    return _changelog_language(name) is not None


def notes_names(installer: str) -> tuple[str, ...]:
    """Give the names that the notes of an installer may have in the default language."""
    found = PackageKind.of_file(installer)
    return tuple(f"{found[1]}{suffix}" for suffix in SUFFIXES) if found else ()


def served_bases(name: str) -> dict[str, str]:
    """Give the base names of the installers that a file may hold notes for, each with its language (`""`: default)."""
    stem, dot, _ = name.rpartition(".")
    if not dot or not is_notes_name(name):
        return {}
    base, dot, language = stem.rpartition(".")
    tag = language_tag(language) if dot else None
    return {stem: "", base: tag} if tag else {stem: ""}


def notes_files(names: Iterable[str]) -> dict[str, list[NotesFile]]:
    """Find the notes among *names*, by the base name of the installers they are for, in the order they count."""
    found: dict[str, list[NotesFile]] = {}
    for name in names:
        for base, language in served_bases(name).items():
            rank = SUFFIXES.index(name[name.rindex(".") :])
            found.setdefault(base, []).append(NotesFile(language, rank, name))
    return {base: sorted(files) for base, files in found.items()}


def changelog_paths(folder: Path, names: Iterable[str]) -> dict[str | None, Path]:
    """Find the change logs by language: in *folder*, among its *names*, else beside it, where a project keeps them."""
    inside = {language: folder / name for name in sorted(names) if (language := _changelog_language(name)) is not None}
    return {language or None: path for language, path in (inside or _beside(folder)).items()}


def _beside(folder: Path) -> dict[str, Path]:
    parent = folder.absolute().parent
    try:
        with os.scandir(parent) as entries:
            names = sorted(entry.name for entry in islice(entries, MOST_BESIDE))
    except OSError:
        return {}
    return {language: parent / name for name in names if (language := _changelog_language(name)) is not None}


def _changelog_language(name: str) -> str | None:
    """Give the tag in the name of a change log, empty for the default language; `None` for any other file."""
    stem, _, suffix = name.rpartition(".")
    start, dot, language = stem.partition(".")
    if suffix.lower() != "md" or start.lower() != CHANGELOG:
        return None
    return language_tag(language) if dot else ""

"""The notes of installers: from files beside them, else from a change log, else from inside. Reads those files.

Notes that cannot be used are left out with a warning, since an update without notes is still an update. What is larger
than notes are is not read; nor is what a link leads to outside the folder, since nobody put that there to be published.
"""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.versions import Version
from ota_dev.scan.changelog import Changelog, Section
from ota_dev.scan.markdown import to_html
from ota_dev.scan.notes_files import NotesFile, changelog_paths, installer_base, notes_files

__all__ = ["NO_NOTES", "FoundNotes", "NotesReader", "with_own_notes"]

LARGEST_NOTES = 256 * 1024  # bytes
LARGEST_CHANGELOG = 4 * 1024 * 1024  # bytes
MOST_REMEMBERED = 10_000  # notes


class _UnusableError(Exception):
    """Notes cannot be used; the message is the warning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundNotes:
    """What was found about one version."""

    notes: Notes
    dated: date | None  # that a change log gives
    warnings: tuple[str, ...]


NO_NOTES = FoundNotes(notes=Notes(), dated=None, warnings=())


def with_own_notes(found: FoundNotes, markdown: str) -> FoundNotes:
    """Add the notes that an installer has inside, in *markdown*, to what was *found* beside it."""
    try:
        note = Note(language=None, format=NotesFormat.HTML, text=_html(markdown))
    except _UnusableError as problem:
        return replace(found, warnings=(*found.warnings, str(problem)))
    return replace(found, notes=Notes((note,)))


@dataclass(frozen=True, slots=True)
class _ReadChangelog:
    path: Path
    identity: FileIdentity
    changelog: Changelog


@dataclass(kw_only=True)
class NotesReader:
    """Finds the notes of the installers in one folder, again and again; used by one thread at a time."""

    folder: Path
    follow_links: bool = False
    warnings: tuple[str, ...] = ()  # about the change logs
    _files: dict[str, list[NotesFile]] = field(default_factory=dict)  # by the base name of installers
    _changelog_paths: dict[str | None, Path] = field(default_factory=dict)  # by language
    _changelogs: dict[str | None, _ReadChangelog] = field(default_factory=dict)
    _rendered: dict[tuple[Path, FileIdentity, str], str] = field(default_factory=dict)  # for a version in a change log

    def find_changelogs(self, names: Collection[str]) -> None:
        """See where there are change logs, in the folder, among its *names*, or beside it."""
        self._changelog_paths = changelog_paths(self.folder, names)

    def look(self, names: Collection[str]) -> None:
        """See which of the files in the folder, by their download *names*, hold notes, and read the change logs."""
        self._files = notes_files(names)
        if len(self._rendered) > MOST_REMEMBERED:
            self._rendered.clear()
        before, self._changelogs = self._changelogs, {}
        warnings = []
        for language, path in self._changelog_paths.items():
            try:
                self._changelogs[language] = self._read_changelog(path, before.get(language))
            except _UnusableError as problem:
                warnings.append(f"{path.name}: {problem}")
        self.warnings = tuple(warnings)

    def notes_of(self, installer: str, short_version: Version) -> FoundNotes:
        """Give the notes of the installer with this download name and version."""
        files = self._files.get(installer_base(installer), ())
        if not files and not self._changelogs:
            return NO_NOTES
        notes: list[Note] = []
        dates: list[date] = []
        warnings: list[str] = []
        for file in files:
            try:
                notes.append(self._note(self.folder / file.name, file.language or None))
            except _UnusableError as problem:
                warnings.append(f"{file.name}: {problem}")
        for language, read in self._changelogs.items():
            section = read.changelog.section(short_version) or Section()
            dates += [section.dated] if section.dated else []
            try:
                notes += self._notes_in(section, read, language, short_version)
            except _UnusableError as problem:
                warnings.append(f"{read.path.name}: {problem}")
        return FoundNotes(notes=Notes.of(notes), dated=min(dates, default=None), warnings=tuple(warnings))

    def _note(self, path: Path, language: str | None) -> Note:
        identity = self._identity(path)
        if path.suffix != ".md":
            kind = NotesFormat.HTML if path.suffix == ".html" else NotesFormat.PLAIN_TEXT
            return Note(language=language, format=kind, text=_read(path, LARGEST_NOTES))
        if (key := (path, identity, "")) not in self._rendered:
            self._rendered[key] = _html(_read(path, LARGEST_NOTES))
        return Note(language=language, format=NotesFormat.HTML, text=self._rendered[key])

    def _notes_in(
        self, section: Section, read: _ReadChangelog, language: str | None, short_version: Version
    ) -> Iterator[Note]:
        if section.markdown:
            if (key := (read.path, read.identity, short_version.canonical)) not in self._rendered:
                self._rendered[key] = _html(section.markdown)
            yield Note(language=language, format=NotesFormat.HTML, text=self._rendered[key])

    def _read_changelog(self, path: Path, before: _ReadChangelog | None) -> _ReadChangelog:
        identity = self._identity(path)
        if before and (before.path, before.identity) == (path, identity):
            return before
        return _ReadChangelog(path, identity, Changelog.parse(_read(path, LARGEST_CHANGELOG)))

    def _identity(self, path: Path) -> FileIdentity:
        try:
            status = path.stat()
        except OSError as error:
            raise _UnusableError(f"it cannot be read ({error.strerror or error}): make it readable") from error
        if not stat.S_ISREG(status.st_mode):  # Opening a pipe would wait for somebody who writes into it.
            raise _UnusableError("it is no regular file, so remove it")
        target = Path(os.path.realpath(path)) if path.is_symlink() and not self.follow_links else None
        if target and not target.is_relative_to(os.path.realpath(self.folder)):
            raise _UnusableError(f"it links to {target}, outside the folder: allow it with --follow-links, or copy it")
        return FileIdentity.of(status)


def _read(path: Path, largest: int) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
        if len(data) > largest:
            raise _UnusableError(f"it is larger than {largest:,} bytes, so shorten it")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise _UnusableError(f"it cannot be read ({error.strerror or error}): make it readable") from error
    except UnicodeError as error:
        raise _UnusableError("it is no text in UTF-8, so save it as such") from error


def _html(markdown: str) -> str:
    try:
        return to_html(markdown)
    except ValueError as error:
        raise _UnusableError(f"the notes are left out: {error}") from error

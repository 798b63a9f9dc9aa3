"""Which files in a folder may be installers or deltas. Reads folder listings, no file.

- The folder itself without its subfolders, or all below it when asked; linked folders are never followed.
- Names that start with a dot and temporary names never count, nor does what is in a folder of such a name.
- A folder named like an installer is none, and what is in it is part of it.
- A symbolic link counts when it ends at a regular file inside the folder; outside it only when asked.
"""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.deltas import is_delta_name
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.scan.interface import FoundDelta, Skipped

__all__ = ["Candidate", "FolderListing", "Listing"]

LARGEST_FOLDER = 100_000  # entries; a wrong --dir such as the home folder must not keep the machine busy
DEEPEST = 16  # folders below the folder


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file whose name is an installer's."""

    name: str  # as a download name
    path: Path
    kind: PackageKind
    identity: FileIdentity


@dataclass(kw_only=True, slots=True)
class Listing:
    """What a folder holds."""

    candidates: list[Candidate] = field(default_factory=list)
    deltas: list[FoundDelta] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    others: set[str] = field(default_factory=set)  # files that are neither, as download names
    entries: int = 0  # that were looked at
    is_complete: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderListing:
    """Lists one folder, whole or file by file, by the same rules."""

    folder: Path
    recursive: bool = False
    follow_links: bool = False

    def all(self) -> Listing:
        """List the folder.

        Raises:
            OSError: the folder itself cannot be listed; a subfolder that cannot be listed is skipped.
        """
        listing = Listing()
        self._add_folder("", listing)
        return listing

    def some(self, names: Iterable[str]) -> Listing:
        """List only what has one of these download names; what is gone is left out."""
        listing = Listing()
        for name in sorted(names):
            path = self.folder / name
            if is_temporary_name(path.name) or not self._reaches(path) or not os.path.lexists(path):
                continue
            if found := PackageKind.of_file(path.name):
                self._add_installer(name, found[0], listing, is_link=path.is_symlink())
            elif not path.is_dir():
                self._add_file(name, listing, is_link=path.is_symlink())
        return listing

    def name_of(self, path: Path) -> str:
        """Give the download name of a file below the folder."""
        return path.relative_to(self.folder).as_posix()

    def state(self, name: str, *, is_link: bool) -> FileIdentity | Skipped:
        """Give the state of a file that may be served, or say why it may not."""
        try:
            status = (self.folder / name).stat()
        except OSError as error:
            reason: str | None = f"it cannot be read ({error.strerror or error}): check the link or the permissions"
        else:
            reason = self._reason_to_skip(name, status, is_link=is_link)
        return Skipped(name=name, reason=reason) if reason else FileIdentity.of(status)

    def _add_folder(self, prefix: str, listing: Listing) -> None:
        with os.scandir(self.folder / prefix) as entries:
            for entry in entries:
                if listing.entries >= LARGEST_FOLDER:
                    listing.is_complete = False
                    break
                listing.entries += 1
                if not is_temporary_name(entry.name):
                    self._add_entry(entry, prefix + entry.name, listing)

    def _add_entry(self, entry: os.DirEntry[str], name: str, listing: Listing) -> None:
        if found := PackageKind.of_file(entry.name):
            self._add_installer(name, found[0], listing, is_link=entry.is_symlink())
        elif not _is_folder(entry):
            self._add_file(name, listing, is_link=entry.is_symlink())
        elif self.recursive and not entry.is_symlink():
            self._add_subfolder(name, listing)

    def _add_subfolder(self, name: str, listing: Listing) -> None:
        if name.count("/") >= DEEPEST:
            reason = f"it lies more than {DEEPEST} folders deep: use --dir with a folder nearer to the installers"
            listing.skipped.append(Skipped(name=name, reason=reason))
            return
        try:
            self._add_folder(f"{name}/", listing)
        except OSError as error:
            reason = f"this folder cannot be listed ({error.strerror or error}): check its permissions"
            listing.skipped.append(Skipped(name=name, reason=reason))

    def _add_installer(self, name: str, kind: PackageKind, listing: Listing, *, is_link: bool) -> None:
        state = self.state(name, is_link=is_link)
        if isinstance(state, Skipped):
            listing.skipped.append(state)
        else:
            listing.candidates.append(Candidate(name, self.folder / name, kind, state))

    def _add_file(self, name: str, listing: Listing, *, is_link: bool) -> None:
        """Add a file that is no installer."""
        if not is_delta_name(name):
            listing.others.add(name)
            return
        state = self.state(name, is_link=is_link)
        if isinstance(state, Skipped):
            listing.skipped.append(state)
        elif state.size == 0:
            listing.skipped.append(Skipped(name=name, reason="it is empty"))
        else:
            listing.deltas.append(FoundDelta(name=name, path=self.folder / name, identity=state))

    def _reason_to_skip(self, name: str, status: os.stat_result, *, is_link: bool) -> str | None:
        if not _is_unicode(name):
            return "its name is no valid Unicode text, which no URL can carry: rename it"
        if stat.S_ISDIR(status.st_mode):
            return "it is a folder, which no client can download: pack it into one file"
        if not stat.S_ISREG(status.st_mode):
            return "it is no regular file: put the installer itself there"
        if is_link and not self.follow_links:
            target = Path(os.path.realpath(self.folder / name))
            if not target.is_relative_to(os.path.realpath(self.folder)):
                return f"it links to {target}, outside the folder: allow it with --follow-links, or copy it"
        return None

    def _reaches(self, path: Path) -> bool:
        """Say whether a listing of the whole folder would come upon *path*."""
        names = path.relative_to(self.folder).parts[:-1]
        if len(names) > (DEEPEST if self.recursive else 0):
            return False
        folders = (self.folder.joinpath(*names[:depth]) for depth in range(1, len(names) + 1))
        return all(_is_entered(folder.name) and not folder.is_symlink() for folder in folders)


def _is_entered(folder_name: str) -> bool:
    return not is_temporary_name(folder_name) and PackageKind.of_file(folder_name) is None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere, or round in a circle
        return False


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True

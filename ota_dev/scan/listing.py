"""Which files in a folder may be installers. Reads folder listings, no file.

- The folder itself without its subfolders, or all below it when asked.
- Names that start with a dot and temporary names never count.
- A symbolic link counts when it ends at a regular file inside the folder; outside it only when asked.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.scan.interface import Skipped

__all__ = ["Candidate", "FolderListing", "Listing"]

LARGEST_FOLDER = 100_000  # files; a wrong --dir such as the home folder must not keep the machine busy
DEEPEST = 16  # folders below the folder


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file whose name is an installer's."""

    name: str  # as a download name
    path: Path
    identity: FileIdentity


@dataclass(kw_only=True, slots=True)
class Listing:
    """What a folder holds."""

    candidates: list[Candidate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    others: set[str] = field(default_factory=set)  # files of no installer kind, as download names
    is_complete: bool = True

    def __len__(self) -> int:
        return len(self.candidates) + len(self.skipped) + len(self.others)


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderListing:
    """Lists one folder, whole or file by file, by the same rules."""

    folder: Path
    recursive: bool = False
    follow_links: bool = False

    def all(self) -> Listing:
        """List the folder.

        Raises:
            OSError: the folder itself cannot be listed; a subfolder that cannot be listed is left out.
        """
        listing = Listing()
        for path in self._files():
            if len(listing) >= LARGEST_FOLDER:
                listing.is_complete = False
                break
            self._add(path, listing)
        return listing

    def some(self, paths: frozenset[Path]) -> Listing:
        """List only *paths*; those that are gone are left out."""
        listing = Listing()
        for path in sorted(paths):
            if os.path.lexists(path):
                self._add(path, listing)
        return listing

    def name_of(self, path: Path) -> str:
        """Give the download name of a file below the folder."""
        return path.relative_to(self.folder).as_posix()

    def _files(self) -> Iterator[Path]:
        if not self.recursive:
            with os.scandir(self.folder) as entries:
                yield from (self.folder / entry.name for entry in entries if not _is_folder(entry))
            return
        for parent, folders, files in os.walk(self.folder, onerror=self._raise_for_the_folder_itself):
            here = Path(parent)
            depth = len(here.relative_to(self.folder).parts)
            folders[:] = [] if depth >= DEEPEST else [name for name in folders if not is_temporary_name(name)]
            yield from (here / name for name in files)

    def _raise_for_the_folder_itself(self, error: OSError) -> None:
        if error.filename == str(self.folder):
            raise error

    def _add(self, path: Path, listing: Listing) -> None:
        name = self.name_of(path)
        if is_temporary_name(path.name):
            return
        if PackageKind.of_file(path.name) is None:
            listing.others.add(name)
            return
        try:
            status = path.stat()
            reason = self._reason_to_skip(name, path, status)
        except OSError as error:
            reason = f"it cannot be read ({error.strerror or error}): check the link or the permissions"
        if reason:
            listing.skipped.append(Skipped(name=name, reason=reason))
        else:
            listing.candidates.append(Candidate(name, path, FileIdentity.of(status)))

    def _reason_to_skip(self, name: str, path: Path, status: os.stat_result) -> str | None:
        try:
            name.encode()
        except UnicodeEncodeError:
            return "its name is no valid Unicode text, which no URL can carry: rename it"
        if not stat.S_ISREG(status.st_mode):
            return "it is no regular file"
        if path.is_symlink() and not self.follow_links and not path.resolve().is_relative_to(self.folder.resolve()):
            return f"it links to {path.resolve()}, outside the folder: allow it with --follow-links, or copy it"
        return None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # A folder named like an installer (`Acme.pkg` as a bundle) is looked at, so that it is skipped with a reason.
    return entry.is_dir() and PackageKind.of_file(entry.name) is None

"""Looks at a folder and gives its installers, each with what is known of it.

Reads the installers, their sidecars and the version file of last resort, and writes nothing. Another look costs only
what has changed.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.errors import ConfigurationError, IncompleteInstallerError, PublishingError
from ota_dev.scan.inside import InsideReader
from ota_dev.scan.interface import FoundInstaller, Scan, Skipped
from ota_dev.scan.listing import LARGEST_FOLDER, Candidate, FolderListing, Listing
from ota_dev.scan.placing import place
from ota_dev.scan.sidecars import Sidecar, is_sidecar_name, read_sidecar, sidecar_paths
from ota_dev.scan.version_file import VERSION_FILE, find_version_file, read_version_file

__all__ = ["Scanner"]


@dataclass(kw_only=True)
class Scanner:
    """Looks at one folder, again and again; used by one thread at a time."""

    listing: FolderListing
    inside: InsideReader
    app: str | None = None  # the app that every installer in the folder belongs to
    version_from: Path | None = None  # the file with the version of installers that say none
    _results: dict[str, FoundInstaller | Skipped] = field(default_factory=dict)
    _others: set[str] = field(default_factory=set)
    _last_resort: Facts = field(default_factory=Facts)

    def scan(self, changed: frozenset[Path] | None = None) -> Scan:
        """Look at the whole folder, or again only at the *changed* paths and at what they are sidecars of.

        Raises:
            PublishingError: the folder cannot be listed, or has more files than a folder of installers has.
            ConfigurationError: the version file that was asked for cannot be used.
        """
        is_whole = changed is None or any(path.name == VERSION_FILE for path in changed)
        self._take(self._everything() if changed is None or is_whole else self._again(changed))
        results = [result for _, result in sorted(self._results.items())]
        return Scan(
            installers=tuple(result for result in results if isinstance(result, FoundInstaller)),
            skipped=tuple(result for result in results if isinstance(result, Skipped)),
            other_files=len(self._others),
        )

    def concerns(self, path: Path) -> bool:
        """Say whether a change of this path can change what is on offer."""
        name = path.name
        if is_temporary_name(name):
            return False
        return PackageKind.of_file(name) is not None or is_sidecar_name(name) or name == VERSION_FILE

    def _everything(self) -> Listing:
        listing = self._list()
        self._last_resort = self._read_last_resort()
        self.inside.recall(self.listing.folder)
        self._results, self._others = {}, set()
        return listing

    def _again(self, changed: frozenset[Path]) -> Listing:
        paths = changed | {
            self.listing.folder / name
            for sidecar in changed
            if is_sidecar_name(sidecar.name)
            for name in self._results
            if sidecar in sidecar_paths(self.listing.folder / name)
        }
        for path in paths:
            self._results.pop(self.listing.name_of(path), None)
            self._others.discard(self.listing.name_of(path))
        return self.listing.some(paths)

    def _take(self, listing: Listing) -> None:
        self._others |= listing.others
        self._results |= {skipped.name: skipped for skipped in listing.skipped}
        self._results |= {candidate.name: self._make_out(candidate) for candidate in listing.candidates}

    def _make_out(self, candidate: Candidate) -> FoundInstaller | Skipped:
        try:
            sidecar = next((read_sidecar(path) for path in sidecar_paths(candidate.path) if path.is_file()), Sidecar())
            inside = self.inside.read(candidate)
        except (ConfigurationError, IncompleteInstallerError) as error:
            return Skipped(name=candidate.name, reason=str(error))
        except OSError as error:
            return Skipped(name=candidate.name, reason=f"it cannot be read: {error.strerror or error}")
        if self.app:
            sidecar = replace(sidecar, app=self.app)
        placed = place(candidate, sidecar, inside, self._last_resort)
        if isinstance(placed, Skipped):
            return placed
        return FoundInstaller(path=candidate.path, identity=candidate.identity, artifact=placed)

    def _read_last_resort(self) -> Facts:
        if self.version_from:
            return read_version_file(self.version_from)
        found = find_version_file(self.listing.folder)
        try:
            return read_version_file(found) if found else Facts()
        except ConfigurationError:  # Nobody said that this file holds a version; its name only suggested it.
            return Facts()

    def _list(self) -> Listing:
        folder = self.listing.folder
        try:
            listing = self.listing.all()
        except OSError as error:
            reason = error.strerror or error
            raise PublishingError(
                f"{folder} cannot be listed ({reason}): build your app, or use --dir FOLDER"
            ) from error
        if not listing.is_complete:
            raise PublishingError(f"{folder} holds over {LARGEST_FOLDER:,} files: use --dir FOLDER with the installers")
        return listing

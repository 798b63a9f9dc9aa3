"""Looks at a folder and gives its installers, each with what is known of it.

Reads the installers, their sidecars and the version file of last resort, and writes only to the store. Another look
costs only what has changed.
"""

from dataclasses import dataclass, field
from pathlib import Path

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.errors import ConfigurationError, IncompleteInstallerError, PublishingError
from ota_dev.scan.inside import InsideReader
from ota_dev.scan.interface import FoundInstaller, Scan, Skipped
from ota_dev.scan.listing import LARGEST_FOLDER, Candidate, FolderListing, Listing
from ota_dev.scan.placing import place
from ota_dev.scan.sidecars import Sidecar, is_sidecar_name, read_sidecar, sidecar_names
from ota_dev.scan.version_file import VERSION_FILE, last_resort, read_version_file

__all__ = ["Scanner"]


@dataclass(kw_only=True)
class Scanner:
    """Looks at one folder, again and again; used by one thread at a time."""

    listing: FolderListing
    inside: InsideReader
    version_from: Path | None = None  # the file with the version of installers that say none
    _is_current: bool = False  # what follows, because one look at the whole folder has come to its end
    _results: dict[str, FoundInstaller | Skipped] = field(default_factory=dict)  # by download name
    _others: set[str] = field(default_factory=set)  # files of no installer kind, sidecars among them
    _last_resort: Facts = field(default_factory=Facts)

    def scan(self, changed: frozenset[Path] | None = None) -> Scan:
        """Look at the whole folder, or again only at the *changed* paths and at what they are sidecars of.

        Raises:
            PublishingError: the folder cannot be listed, or has more files than a folder of installers has.
            ConfigurationError: the version file that was asked for cannot be used.
        """
        if changed is None or not self._is_current or any(map(self._is_version_file, changed)):
            self._look_at_everything()
        else:
            self._look_again(changed)
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
        return PackageKind.of_file(name) is not None or is_sidecar_name(name) or self._is_version_file(path)

    def _is_version_file(self, path: Path) -> bool:
        return path.absolute() == (self.version_from or self.listing.folder / VERSION_FILE).absolute()

    def _look_at_everything(self) -> None:
        self._is_current = False
        listing = self._list()
        self._last_resort = (
            read_version_file(self.version_from) if self.version_from else last_resort(self.listing.folder)
        )
        self._results, self._others = {}, set()
        self._take(listing)
        self._is_current = True

    def _look_again(self, changed: frozenset[Path]) -> None:
        names = {self.listing.name_of(path) for path in changed if path.is_relative_to(self.listing.folder)}
        if any(map(is_sidecar_name, names)):
            names |= {name for name in self._results if not names.isdisjoint(sidecar_names(name))}
        # A sidecar that came with its installer counts at once, even if nobody has told of it yet.
        names |= {sidecar for name in names for sidecar in sidecar_names(name)}
        for name in names:
            self._results.pop(name, None)
        self._others -= names
        self._take(self.listing.some(names))

    def _take(self, listing: Listing) -> None:
        self._others |= listing.others
        self._results |= {skipped.name: skipped for skipped in listing.skipped}
        try:
            self._results |= {candidate.name: self._make_out(candidate) for candidate in listing.candidates}
        finally:
            self.inside.save()

    def _make_out(self, candidate: Candidate) -> FoundInstaller | Skipped:
        try:
            sidecar = self._sidecar_of(candidate)
            inside = self.inside.read(candidate)
        except (ConfigurationError, IncompleteInstallerError) as error:
            return Skipped(name=candidate.name, reason=str(error))
        except OSError as error:
            reason = f"it cannot be read ({error.strerror or error}): check its permissions"
            return Skipped(name=candidate.name, reason=reason)
        placed = place(candidate, sidecar, inside, self._last_resort)
        if isinstance(placed, Skipped):
            return placed
        return FoundInstaller(path=candidate.path, identity=candidate.identity, artifact=placed)

    def _sidecar_of(self, candidate: Candidate) -> Sidecar:
        found = next((name for name in sidecar_names(candidate.name) if name in self._others), None)
        return read_sidecar(self.listing.folder / found) if found else Sidecar()

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

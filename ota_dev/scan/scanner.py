"""Looks at a folder and gives its installers, each with what is known of it, and its deltas.

Reads the installers, their sidecars and notes and the version file of last resort, and writes only to the store.
Another look costs only what has changed.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import is_delta_name
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.policy_values import publication_date
from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.errors import ConfigurationError, IncompleteInstallerError, PublishingError
from ota_dev.scan.inside import InsideReader
from ota_dev.scan.interface import FoundDelta, FoundInstaller, Scan, Skipped
from ota_dev.scan.listing import LARGEST_FOLDER, Candidate, FolderListing, Listing
from ota_dev.scan.notes import NO_NOTES, NotesReader, with_own_notes
from ota_dev.scan.notes_files import installer_base, is_changelog_name, is_notes_name, notes_names, served_bases
from ota_dev.scan.placing import place
from ota_dev.scan.rules import Rules
from ota_dev.scan.sidecars import Sidecar, is_sidecar_name, read_sidecar, sidecar_names
from ota_dev.scan.signature_files import is_signature_name, read_signature, signature_name, signed_name
from ota_dev.scan.version_file import VERSION_FILE, last_resort, read_version_file

__all__ = ["Scanner"]


@dataclass(kw_only=True)
class Scanner:
    """Looks at one folder, again and again; used by one thread at a time."""

    listing: FolderListing
    inside: InsideReader
    rules: Rules = field(default_factory=Rules)  # what is said of many installers at once
    version_from: Path | None = None  # the file with the version of installers that say none
    notes: NotesReader = field(init=False)
    _is_current: bool = False  # what follows, because one look at the whole folder has come to its end
    _results: dict[str, FoundInstaller | FoundDelta | Skipped] = field(default_factory=dict)  # by download name
    _others: set[str] = field(default_factory=set)  # all other files, sidecars among them
    _last_resort: Facts = field(default_factory=Facts)

    def __post_init__(self) -> None:
        self.notes = NotesReader(folder=self.listing.folder, follow_links=self.listing.follow_links)

    def scan(self, changed: frozenset[Path] | None = None) -> Scan:
        """Look at the whole folder, or again only at the *changed* paths and at what they are sidecars of.

        Raises:
            PublishingError: the folder cannot be listed, or has more files than a folder of installers has.
            ConfigurationError: the version file that was asked for cannot be used.
        """
        if changed is None or not self._is_current or any(map(self._is_about_all, changed)):
            self._look_at_everything()
        else:
            self._look_again(changed)
        results = [result for _, result in sorted(self._results.items())]
        return Scan(
            installers=tuple(result for result in results if isinstance(result, FoundInstaller)),
            deltas=tuple(result for result in results if isinstance(result, FoundDelta)),
            skipped=tuple(result for result in results if isinstance(result, Skipped)),
            other_files=len(self._others),
            notices=self.notes.warnings,
        )

    def concerns(self, path: Path) -> bool:
        """Say whether a change of this path can change what is on offer."""
        name = path.name
        if is_temporary_name(name):
            return False
        is_on_offer = PackageKind.of_file(name) is not None or is_delta_name(name)
        is_about_one = is_sidecar_name(name) or is_signature_name(name) or self._may_hold_notes(path)
        return is_on_offer or is_about_one or self._is_about_all(path)

    def _may_hold_notes(self, path: Path) -> bool:
        """Say whether a file may belong to an installer: one that is there, or one that is still to come."""
        if not is_notes_name(path.name) or not path.is_relative_to(self.listing.folder):
            return False
        has_version = any(map(str.isdigit, path.stem))
        return has_version or bool(self._installers_with_notes_in(self.listing.name_of(path)))

    def _installers_with_notes_in(self, name: str) -> set[str]:
        bases = served_bases(name)
        return {installer for installer in self._results if installer_base(installer) in bases} if bases else set()

    def _is_about_all(self, path: Path) -> bool:
        return self._is_version_file(path) or is_changelog_name(path.name)

    def _is_version_file(self, path: Path) -> bool:
        return path.absolute() == (self.version_from or self.listing.folder / VERSION_FILE).absolute()

    def _look_at_everything(self) -> None:
        self._is_current = False
        listing = self._list()
        self._last_resort = (
            read_version_file(self.version_from) if self.version_from else last_resort(self.listing.folder)
        )
        self._results, self._others = {}, set()
        self.notes.find_changelogs(listing.others)
        self._take(listing)
        self._is_current = True

    def _look_again(self, changed: frozenset[Path]) -> None:
        names = {self.listing.name_of(path) for path in changed if path.is_relative_to(self.listing.folder)}
        if any(map(is_sidecar_name, names)):
            names |= {name for name in self._results if not names.isdisjoint(sidecar_names(name))}
        names |= {signed_name(name) for name in names if is_signature_name(name)}
        names |= {installer for name in names for installer in self._installers_with_notes_in(name)}
        # What came with its installer counts at once, even if nobody has told of it yet.
        names |= {other for name in names for other in (*sidecar_names(name), signature_name(name), *notes_names(name))}
        for name in names:
            self._results.pop(name, None)
        self._others -= names
        self._take(self.listing.some(names))

    def _take(self, listing: Listing) -> None:
        self._others |= listing.others
        self._results |= {skipped.name: skipped for skipped in listing.skipped}
        self._results |= {delta.name: delta for delta in listing.deltas}
        self.notes.look(self._others)
        try:
            self._results |= {candidate.name: self._make_out(candidate) for candidate in listing.candidates}
        finally:
            self.inside.save()

    def _make_out(self, candidate: Candidate) -> FoundInstaller | Skipped:
        try:
            sidecar = self._sidecar_of(candidate).over(self.rules.about(candidate.name))
            inside = self.inside.read(candidate)
        except ConfigurationError as error:
            return Skipped(name=candidate.name, reason="; ".join(error.problems))
        except IncompleteInstallerError as error:
            return Skipped(name=candidate.name, reason=str(error))
        except OSError as error:
            reason = f"it cannot be read ({error.strerror or error}): check its permissions"
            return Skipped(name=candidate.name, reason=reason)
        placed = place(candidate, sidecar, inside, self._last_resort)
        if isinstance(placed, Skipped):
            return placed
        artifact = replace(self._with_notes(placed), minisign_signature=self._signature_of(candidate))
        if contradictions := "; ".join(artifact.policy_in_force.contradictions()):
            return Skipped(name=candidate.name, reason=contradictions)
        return FoundInstaller(path=candidate.path, identity=candidate.identity, artifact=artifact)

    def _with_notes(self, artifact: Artifact) -> Artifact:
        found = self.notes.notes_of(artifact.download_name, artifact.short_version)
        if not found.notes and artifact.facts.release_notes:
            found = with_own_notes(found, artifact.facts.release_notes)
        if found is NO_NOTES:
            return artifact
        dated = Policy(publication_date=publication_date(found.dated) if found.dated else None)
        return replace(
            artifact,
            notes=found.notes,
            policy=artifact.policy.over(dated),
            facts=replace(artifact.facts, warnings=(*artifact.facts.warnings, *found.warnings)),
        )

    def _sidecar_of(self, candidate: Candidate) -> Sidecar:
        found = next((name for name in sidecar_names(candidate.name) if name in self._others), None)
        return read_sidecar(self.listing.folder / found) if found else Sidecar()

    def _signature_of(self, candidate: Candidate) -> str | None:
        name = signature_name(candidate.name)
        return read_signature(self.listing.folder / name) if name in self._others else None

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

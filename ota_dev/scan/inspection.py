"""One installer by itself: everything known of it, and what a feed of its folder would make of it.

Reads that file, its sidecar and the version file of its folder, and remembers nothing.
"""

import stat
from dataclasses import dataclass, replace
from pathlib import Path

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.errors import ConfigurationError, IncompleteInstallerError, InstallerError
from ota_dev.installers.reading import read_installer
from ota_dev.scan.file_names import read_file_name
from ota_dev.scan.interface import Skipped
from ota_dev.scan.listing import Candidate, FolderListing
from ota_dev.scan.placing import everything_known, place
from ota_dev.scan.sidecars import Sidecar, read_sidecar, sidecar_names
from ota_dev.scan.version_file import last_resort

__all__ = ["Inspection", "inspect_installer"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """What is known of one file."""

    path: Path
    kind: PackageKind | None  # by the ending of its name, as it would be served
    facts: Facts
    outcome: Artifact | Skipped  # what a feed of its folder would make of it


def inspect_installer(path: Path) -> Inspection:
    """Read everything there is to know of the installer at *path*, whatever its name.

    Raises:
        InstallerError: there is no file that can be opened.
    """
    _require_file(path)
    kind, _ = PackageKind.of_file(path.name) or (None, "")
    sidecar, inside, problem = Sidecar(), Facts(), ""
    try:
        sidecar = _sidecar_of(path)
        inside = _said_inside(path)
    except (ConfigurationError, IncompleteInstallerError) as error:
        problem = str(error)
    rest = last_resort(path.absolute().parent)
    facts = everything_known(sidecar.facts, inside, read_file_name(path.name) or Facts(), rest)
    listed = _listed(path, is_understood=bool(inside.known()))
    if isinstance(listed, Candidate) and not problem:
        # The reason not to offer it must not repeat the warnings that stand beside it.
        outcome = place(listed, sidecar, replace(inside, warnings=()), replace(rest, warnings=()))
    else:
        outcome = listed if isinstance(listed, Skipped) else Skipped(name=path.name, reason=problem)
    return Inspection(path=path, kind=kind, facts=facts, outcome=outcome)


def _require_file(path: Path) -> None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InstallerError(f"{path} is no file: name the archive, the disk image or the package itself")
        path.open("rb").close()
    except OSError as error:
        raise InstallerError(f"{path} cannot be read: {error.strerror or error}") from error


def _listed(path: Path, *, is_understood: bool) -> Candidate | Skipped:
    """Say what a look at the folder would make of the file, before it is opened."""
    listing = FolderListing(folder=path.parent).some([path.name])
    found: list[Candidate | Skipped] = [*listing.candidates, *listing.skipped]
    if found:
        return found[0]
    if PackageKind.of_file(path.name):
        reason = "its name is that of a temporary or a hidden file: rename it"
    elif is_understood:
        reason = "its name does not end as that of an installer: rename it"
    else:
        reason = "neither its name nor its inside is that of an installer"
    return Skipped(name=path.name, reason=reason)


def _said_inside(path: Path) -> Facts:
    try:
        inside = read_installer(path)
    except IncompleteInstallerError:
        raise
    except InstallerError as error:
        return Facts(warnings=(f"{error}; only its file name is used",))
    if inside.known() or inside.warnings or PackageKind.of_file(path.name) is None:
        return inside
    return Facts(warnings=("nothing inside says what it is; only its file name is used",))


def _sidecar_of(path: Path) -> Sidecar:
    candidates = (path.with_name(name) for name in sidecar_names(path.name))
    return next((read_sidecar(candidate) for candidate in candidates if candidate.is_file()), Sidecar())

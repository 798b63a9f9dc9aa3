"""One installer by itself: everything known of it, and what a feed of its folder would make of it. Reads that file."""

from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.artifacts import Artifact, FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.errors import ConfigurationError, IncompleteInstallerError, InstallerError
from ota_dev.installers.reading import read_installer
from ota_dev.scan.file_names import read_file_name
from ota_dev.scan.interface import Skipped
from ota_dev.scan.listing import Candidate
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
    try:
        path.open("rb").close()
        identity = FileIdentity.of(path.stat())
    except OSError as error:
        raise InstallerError(f"{path} cannot be read: {error.strerror or error}") from error
    found = PackageKind.of_file(path.name)
    kind = found[0] if found else None
    problem: str | None = None if kind else f"{path.suffix or 'no ending'} is no ending of an installer: rename it"
    sidecar, inside = Sidecar(), Facts()
    try:
        sidecar = _sidecar_of(path)
        inside = read_installer(path)
    except (ConfigurationError, IncompleteInstallerError) as error:
        problem = str(error)
    except InstallerError as error:
        inside = Facts(warnings=(f"{error}; only its file name is used",))
    rest = last_resort(path.absolute().parent)
    facts = everything_known(sidecar.facts, inside, read_file_name(path.name) or Facts(), rest)
    if kind is None or problem:
        return Inspection(path=path, kind=kind, facts=facts, outcome=Skipped(name=path.name, reason=problem or ""))
    outcome = place(Candidate(path.name, path, kind, identity), sidecar, inside, rest)
    return Inspection(path=path, kind=kind, facts=facts, outcome=outcome)


def _sidecar_of(path: Path) -> Sidecar:
    candidates = (path.with_name(name) for name in sidecar_names(path.name))
    return next((read_sidecar(candidate) for candidate in candidates if candidate.is_file()), Sidecar())

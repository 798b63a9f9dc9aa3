"""What a look at a folder gives: the installers and deltas found, and what was skipped and why."""

from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.artifacts import Artifact, FileIdentity

__all__ = ["FoundDelta", "FoundInstaller", "Scan", "Skipped"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundInstaller:
    """An installer on disk, in the state in which its facts were read."""

    path: Path
    identity: FileIdentity
    artifact: Artifact


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDelta:
    """A delta on disk; which installer it leads to shows only once all are known."""

    name: str  # as a download name
    path: Path
    identity: FileIdentity


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """An installer or a delta that is not on offer, and why."""

    name: str  # as a download name
    reason: str  # one sentence that ends in the remedy, where there is one


@dataclass(frozen=True, kw_only=True, slots=True)
class Scan:
    """What is in a folder, in the order of the download names."""

    installers: tuple[FoundInstaller, ...] = ()
    deltas: tuple[FoundDelta, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    other_files: int = 0  # files that are neither
    notices: tuple[str, ...] = ()  # about files that concern all installers

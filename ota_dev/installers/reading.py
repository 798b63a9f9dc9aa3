"""The one way to what an installer says of itself: the right format is found, and every failure becomes a reason.

Reads the file at the path it is given. What a format hands over is made fit to show and to publish here, once for all.
"""

import os
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.safe_text import plain
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.appimage import APPIMAGE
from ota_dev.installers.apple_archive import AAR
from ota_dev.installers.deb import DEB
from ota_dev.installers.dmg import DMG
from ota_dev.installers.flat_package import PKG
from ota_dev.installers.flatpak import FLATPAK
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.msi import MSI
from ota_dev.installers.portable_executable import EXE
from ota_dev.installers.rpm import RPM
from ota_dev.installers.snap import SNAP
from ota_dev.installers.tar_archive import TAR
from ota_dev.installers.zip_archive import ZIP

__all__ = ["FORMATS", "read_installer"]

# The first that recognises a file reads it. The tar stands last: it takes everything compressed, a disk image that
# begins with compressed data among it, and says nothing of what turns out to be no tar.
FORMATS: tuple[InstallerFormat, ...] = (
    *(DMG, AAR, PKG, ZIP),
    *(EXE, MSI),
    *(DEB, RPM, APPIMAGE, SNAP, FLATPAK),
    TAR,
)

EDGE_SIZE = 4096  # bytes at the start and at the end
MAX_LENGTH = 1000  # characters of one fact, of a reason and of a warning

# Of these kinds, a zip is the format; every other one has the name of its format.
_IN_ZIPS = (PackageKind.MSIX, PackageKind.APPX, PackageKind.NUPKG)


def read_installer(path: Path) -> Facts:
    """Read what the installer at *path* says of itself; a kind that has no reader says nothing.

    Raises:
        IncompleteInstallerError: it is empty or visibly cut short.
        InstallerError: it cannot be read: the message says why.
    """
    try:
        with path.open("rb") as file:
            found = _format_of(file)
            return Facts() if found is None else _warned_of_name(_read_as(found, file), found, path.name)
    except OSError as error:
        raise InstallerError(f"it cannot be read: {error.strerror or error}") from error


def _format_of(file: BinaryIO) -> InstallerFormat | None:
    head = file.read(EDGE_SIZE)
    if not head:
        raise IncompleteInstallerError("it is empty")
    file.seek(-min(EDGE_SIZE, file.seek(0, os.SEEK_END)), os.SEEK_END)
    end = file.read(EDGE_SIZE)
    try:
        return next((known for known in FORMATS if known.recognises(head) or known.recognises_end(end)), None)
    except Exception as error:
        raise InstallerError(f"what kind of file it is cannot be told: {_reason(error)}") from error


def _read_as(found: InstallerFormat, file: BinaryIO) -> Facts:
    """Read *file*; whatever goes wrong in a parser costs this file only, and there are many ways to go wrong."""
    file.seek(0)
    try:
        return _presentable(found.read(file))
    except IncompleteInstallerError:
        raise
    except Exception as error:
        raise InstallerError(f"what is inside this {found.name} cannot be read: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return plain(str(error)[:MAX_LENGTH]) or type(error).__name__


def _warned_of_name(facts: Facts, found: InstallerFormat, file_name: str) -> Facts:
    """Warn of a name that says another format, where the content is beyond doubt because it says something."""
    kind, _ = PackageKind.of_file(file_name) or (None, "")
    if kind is None or not facts.known() or found.name == (ZIP.name if kind in _IN_ZIPS else kind):
        return facts
    warning = f"its content is {found.name}, its name says {kind}: rename it, since clients go by the name"
    return replace(facts, warnings=(*facts.warnings, warning))


def _presentable(facts: Facts) -> Facts:
    """Take out what no fact has any business to hold, and warn of it; refuse what is too long to be one."""
    said = {field: value for field, value in facts.known().items() if isinstance(value, str)}
    too_long = [field for field, value in said.items() if len(value) > MAX_LENGTH]
    if too_long:
        raise InstallerError(f"its {too_long[0]} has more than {MAX_LENGTH:,} characters")
    changed: dict[str, Any] = {
        field: cleaned or None for field, value in said.items() if (cleaned := plain(value)) != value
    }
    emptied = [field for field, cleaned in changed.items() if cleaned is None]
    return replace(
        facts,
        **changed,
        sources=MappingProxyType({field: where for field, where in facts.sources.items() if field not in emptied}),
        warnings=(
            *(plain(warning[:MAX_LENGTH]) for warning in facts.warnings),
            *(f"the {field} holds control characters or white space that were taken out" for field in changed),
        ),
    )

"""Disk images of Acme Notes: HFS+ by xorriso or APFS by our own writer, in a UDIF shell by our own writer."""

from collections.abc import Sequence
from pathlib import Path

from tests.installers.recipes.ballast import write_ballast
from tests.installers.recipes.mac_apps import ARM64, X86_64, Processor, write_app
from tests.installers.writers.apfs import ApfsContainer
from tests.installers.writers.hfs_plus import xorriso_disk
from tests.installers.writers.partitions import guid_disk
from tests.installers.writers.udif import udif

CHUNK = 1 << 20  # bytes, as hdiutil makes them today


def hfs_plus_image(
    folder: Path,
    compression: str = "zlib",
    processors: Sequence[Processor] = (X86_64, ARM64),
    ballast: int = 0,
) -> Path:
    """Make an image with HFS+ inside."""
    _write_disk(folder / "disk", processors, ballast)
    (folder / "acme.dmg").write_bytes(udif(xorriso_disk(folder / "disk"), compression, CHUNK))
    return folder / "acme.dmg"


def apfs_image(folder: Path, compression: str = "zlib", ballast: int = 0) -> Path:
    """Make an image with APFS inside."""
    _write_disk(folder / "disk", (X86_64, ARM64), ballast)
    container = ApfsContainer(extent_size=256 * 1024)
    container.add_folder(folder / "disk")
    (folder / "acme.dmg").write_bytes(udif(guid_disk(container.image()), compression, CHUNK))
    return folder / "acme.dmg"


def _write_disk(folder: Path, processors: Sequence[Processor], ballast: int) -> None:
    app = write_app(folder / "Acme Notes.app", processors=processors)
    write_ballast(app / "Contents/Resources/film", ballast)
    (folder / "Applications").symlink_to("/Applications")

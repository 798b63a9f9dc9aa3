"""Acme Notes for macOS in archives: by the real `zip` and `tar`, and by our own writers where only Apple has a tool."""

from pathlib import Path

from tests.installers.recipes.archives import pack_folder
from tests.installers.recipes.ballast import write_ballast
from tests.installers.recipes.flat_package import DISTRIBUTION, PACKAGE_INFO
from tests.installers.recipes.mac_apps import write_app
from tests.installers.writers.apple_archive import apple_archive
from tests.installers.writers.compression import blocks, lzfse
from tests.installers.writers.flat_package import gzipped, payload, xar


def packed_app(folder: Path, suffix: str, ballast: int = 0) -> Path:
    """Make a zip or a tar."""
    return pack_folder(_app(folder, ballast), folder / f"acme{suffix}", suffix)


def archived_app(folder: Path, ballast: int = 0) -> Path:
    """Make an Apple Archive in blocks of LZFSE, as Apple's archiver does unless it is told otherwise."""
    (folder / "acme.aar").write_bytes(blocks(b"pbze", lzfse, apple_archive(_app(folder, ballast))))
    return folder / "acme.aar"


def packaged_app(folder: Path, ballast: int = 0) -> Path:
    """Make a product for the macOS Installer, of one component that installs the app."""
    component = {
        "notes.pkg/PackageInfo": PACKAGE_INFO,
        "notes.pkg/Payload": gzipped(payload(_app(folder, ballast))),
    }
    (folder / "acme.pkg").write_bytes(xar({"Distribution": DISTRIBUTION, **component}))
    return folder / "acme.pkg"


def _app(folder: Path, ballast: int) -> Path:
    app = write_app(folder / "shelf" / "Acme Notes.app")
    write_ballast(app / "Contents/Resources/film", ballast)
    return folder / "shelf"

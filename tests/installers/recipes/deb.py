"""Debian packages, made by dpkg-deb."""

import subprocess
from pathlib import Path

from tests.installers.recipes.ballast import write_ballast


def deb(
    folder: Path, version: str = "1.2.3-1", architecture: str = "amd64", compression: str = "xz", ballast: int = 0
) -> Path:
    """Pack `acme-notes`; epoch and revision are part of the *version*."""
    control = folder / "acme-notes" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    control.write_text(
        f"Package: acme-notes\nVersion: {version}\nArchitecture: {architecture}\n"
        "Maintainer: Acme Söhne <packages@acme.example>\nDescription: Notes\n Name: not this one\n Version: 9\n",
        "utf-8",
    )
    write_ballast(folder / "acme-notes" / "notes", ballast)
    pack = [
        "dpkg-deb",
        "--root-owner-group",
        "--uniform-compression",
        f"-Z{compression}",
        "-b",
        "acme-notes",
        "acme.deb",
    ]
    subprocess.run(pack, cwd=folder, check=True, capture_output=True)
    return folder / "acme.deb"

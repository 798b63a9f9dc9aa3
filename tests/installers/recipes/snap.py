"""Snaps, made by mksquashfs with the options that snapcraft gives it."""

import subprocess
from pathlib import Path

from tests.installers.recipes.ballast import write_ballast

# As snapcraft 8 writes it.
YAML = """\
name: acme-notes
title: Acme Notes
version: 1.2.3
summary: Notes
description: |
  version: 9
  Notes for everyone.
apps:
  acme-notes:
    command: bin/acme
    plugs:
    - home
architectures:
- amd64
base: core24
confinement: strict
grade: stable
"""


def snap(folder: Path, yaml: str = YAML, compression: str = "xz", ballast: int = 0) -> Path:
    """Pack a snap."""
    (folder / "root" / "meta").mkdir(parents=True)
    write_ballast(folder / "root" / "notes", ballast)
    (folder / "root" / "meta" / "snap.yaml").write_text(yaml, "utf-8")
    options = ["-noappend", "-comp", compression, "-no-fragments", "-all-root", "-no-xattrs", "-quiet", "-no-progress"]
    subprocess.run(["mksquashfs", "root", "acme.snap", *options], cwd=folder, check=True, capture_output=True)
    return folder / "acme.snap"

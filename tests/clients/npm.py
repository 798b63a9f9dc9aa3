"""Packages from npm that tests run: installed once, and kept until their `package.json` is changed."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kept import kept

INSTALL = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]


def installed(package: Path, root: Path) -> Path:
    """Install what the `package.json` at *package* names, below `.build` in *root*, and give its `node_modules`."""
    key = hashlib.sha256(package.read_bytes()).hexdigest()[:16]

    def install(folder: Path) -> None:
        shutil.copy(package, folder)
        ran = subprocess.run(INSTALL, cwd=folder, capture_output=True, check=False)
        if ran.returncode:
            pytest.skip(f"npm cannot install what {package} names: {ran.stderr.decode()}")

    return kept(root / ".build" / "npm" / key, install) / "node_modules"

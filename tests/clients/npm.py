"""Packages from npm that tests run: installed once, and kept until their `package.json` is changed."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

INSTALL = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]


def installed(package: Path, root: Path) -> Path:
    """Install what the `package.json` at *package* names, below `.build` in *root*, and give its `node_modules`."""
    key = hashlib.sha256(package.read_bytes()).hexdigest()[:16]
    kept = root / ".build" / "npm" / key
    if not kept.exists():
        unfinished = kept.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        shutil.copy(package, unfinished)
        ran = subprocess.run(INSTALL, cwd=unfinished, capture_output=True, check=False)
        if ran.returncode:
            pytest.skip(f"npm cannot install what {package} names: {ran.stderr.decode()}")
        unfinished.rename(kept)
    return kept / "node_modules"

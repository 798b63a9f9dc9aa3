"""The real electron-updater, from npm."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.clients.electron_updater.running import ElectronApp

PACKAGE = Path(__file__).with_name("package.json")
INSTALL = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]


@pytest.fixture(scope="session")
def modules(pytestconfig: pytest.Config) -> Path:
    """Install the client once; it is kept between runs until `package.json` is changed."""
    key = hashlib.sha256(PACKAGE.read_bytes()).hexdigest()[:16]
    kept = pytestconfig.rootpath / ".build" / "npm" / key
    if not kept.exists():
        unfinished = kept.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        shutil.copy(PACKAGE, unfinished)
        installed = subprocess.run(INSTALL, cwd=unfinished, capture_output=True, check=False)
        if installed.returncode:
            pytest.skip(f"npm cannot install electron-updater: {installed.stderr.decode()}")
        unfinished.rename(kept)
    return kept / "node_modules"


@pytest.fixture
def electron_app(modules: Path, tmp_path: Path) -> ElectronApp:
    """Give an app that has electron-updater."""
    return ElectronApp(modules=modules, folder=tmp_path / "app")

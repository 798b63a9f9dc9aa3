"""The real electron-updater, from npm."""

from pathlib import Path

import pytest

from tests.clients.electron_updater.running import ElectronApp
from tests.clients.npm import installed


@pytest.fixture(scope="session")
def modules(pytestconfig: pytest.Config) -> Path:
    """Install the client."""
    return installed(Path(__file__).with_name("package.json"), pytestconfig.rootpath)


@pytest.fixture
def electron_app(modules: Path, tmp_path: Path) -> ElectronApp:
    """Give an app that has electron-updater."""
    return ElectronApp(modules=modules, folder=tmp_path / "app")

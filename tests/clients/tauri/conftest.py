"""Tauri's real signer, from npm."""

from pathlib import Path

import pytest

from tests.clients.npm import installed


@pytest.fixture(scope="session")
def tauri(pytestconfig: pytest.Config) -> list[str]:
    """Install the command line of Tauri, and give how it is called."""
    modules = installed(Path(__file__).with_name("package.json"), pytestconfig.rootpath)
    return ["node", str(modules / "@tauri-apps" / "cli" / "tauri.js")]

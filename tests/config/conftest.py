"""A folder with a configuration file in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.config import Configuration, load_configuration

Write = Callable[..., Path]
Load = Callable[..., Configuration]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a configuration file: `write("port: 8081")`."""

    def write_file(content: str, name: str = "ota-dev.yaml") -> Path:
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return path

    return write_file


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the configuration of the folder: `load(environment="production")`."""
    return lambda path=None, environment=None: load_configuration(tmp_path, path, environment)

"""Where a program keeps what belongs to its user."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.operating_system import own_folders
from ota_dev.operating_system.own_folders import cache_folder, data_folder, runtime_folder

FOLDERS = [
    pytest.param(data_folder, "OTA_DEV_DATA_DIR", "user_data_path", id="data"),
    pytest.param(cache_folder, "OTA_DEV_CACHE_DIR", "user_cache_path", id="cache"),
    pytest.param(runtime_folder, "OTA_DEV_RUNTIME_DIR", "user_runtime_path", id="runtime"),
]
Folder = Callable[[], Path | None]


@pytest.mark.parametrize(("folder", "variable", "system"), FOLDERS)
def test_a_variable_names_the_folder(
    folder: Folder, variable: str, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(own_folders, system, lambda *_, **__: Path("/elsewhere"))

    assert folder() == tmp_path


@pytest.mark.parametrize(("folder", "variable", "system"), FOLDERS)
def test_else_it_is_the_systems_own(
    folder: Folder, variable: str, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable)
    monkeypatch.setattr(own_folders, system, lambda *_, **__: tmp_path / "own")

    assert folder() == tmp_path / "own"


@pytest.mark.parametrize(("folder", "variable", "system"), FOLDERS[:2])
def test_a_user_without_a_home_has_no_folder(
    folder: Folder, variable: str, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable)
    monkeypatch.setattr(own_folders, system, lambda *_, **__: Path("~", ".cache"))

    assert folder() is None

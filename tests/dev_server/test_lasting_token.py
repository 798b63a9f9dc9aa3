"""A server that is started again has the token of before, and only its user has it."""

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ota_dev.config import ServerSettings
from ota_dev.dev_server import DevServer
from ota_dev.dev_server.lasting_token import token_for
from ota_dev.operating_system.own_folders import DATA_FOLDER_VARIABLE

SETTINGS = ServerSettings(folder=Path("dist"))


def secret_file() -> Path:
    return Path(os.environ[DATA_FOLDER_VARIABLE], "token-secret")


def test_a_server_that_is_started_again_has_the_token_of_before() -> None:
    assert token_for(SETTINGS) == token_for(replace(SETTINGS, folder=Path.cwd() / "dist", seed=7))


@pytest.mark.parametrize("said", [{"host": "0.0.0.0"}, {"port": 8081}, {"folder": Path("build")}], ids=str)  # noqa: S104
def test_another_server_of_the_same_user_has_another_token(said: dict[str, Any]) -> None:
    assert token_for(SETTINGS) != token_for(replace(SETTINGS, **said))


@pytest.mark.parametrize("said", [{"remember": False}, {"port": 0}], ids=str)
def test_without_a_memory_or_a_port_of_its_own_every_run_has_another_token(said: dict[str, Any]) -> None:
    settings = replace(SETTINGS, **said)

    assert token_for(settings) != token_for(settings)
    assert not secret_file().exists()


def test_a_server_in_a_test_has_another_token_in_every_run(dist: Path) -> None:
    assert DevServer(dist).token != DevServer(dist).token


def test_only_the_user_can_read_the_secret() -> None:
    token_for(SETTINGS)

    assert stat.S_IMODE(secret_file().stat().st_mode) == 0o600


def test_a_secret_that_others_could_have_read_is_not_used() -> None:
    token_for(SETTINGS)
    secret_file().chmod(0o644)

    assert token_for(SETTINGS) != token_for(SETTINGS)


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33], ids=["empty", "short", "long"])
def test_a_secret_of_another_length_is_not_used(content: bytes) -> None:
    token_for(SETTINGS)
    secret_file().write_bytes(content)

    assert token_for(SETTINGS) != token_for(SETTINGS)


def test_where_no_secret_can_be_kept_every_run_has_another_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(tmp_path / "file" / "data"))

    assert token_for(SETTINGS) != token_for(SETTINGS)

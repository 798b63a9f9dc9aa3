"""What a bug report needs, ready to paste."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.cli.app import run
from ota_dev.signing import PRIVATE_KEY_VARIABLE

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def doctor(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Run the command in an empty folder, where port 0 is asked for, which is always free."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OTA_DEV_PORT", "0")

    def answer(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            run(["doctor", *arguments])
        return int(str(ended.value.code)), capsysbinary.readouterr().out.decode()

    return answer


def test_a_machine_on_which_all_is_well_is_told_so(doctor: Doctor) -> None:
    code, shown = doctor()

    assert code == 0
    assert shown.endswith("\nnothing is wrong\n")
    assert [line for line in shown.splitlines() if line and not line.startswith(" ")][:-1] == [
        *("versions", "system", "terminal", "variables", "configuration", "keys", "folders", "events", "servers"),
        "port",
    ]


def test_json_has_the_same_by_title_and_name(doctor: Doctor) -> None:
    code, shown = doctor("--format", "json")

    found = json.loads(shown)
    assert code == 0
    assert found["configuration"] == {"file": "none"}
    assert found["problems"] == []


def test_what_is_wrong_comes_last_and_ends_with_one(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        monkeypatch.setenv("OTA_DEV_PORT", str(number))
        code, shown = doctor()

    assert code == 1
    assert shown.splitlines()[-1].startswith(f"! port {number} cannot be used (")


def test_a_configuration_file_that_cannot_be_used_hides_nothing_else(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "ota-dev.yaml").write_text("prot: 9\n")

    code, shown = doctor()

    assert code == 1
    assert shown.count("\n! ") == 1
    assert "! configuration: ota-dev.yaml, line 1: prot" in shown
    assert "watchdog" in shown


def test_a_configuration_file_is_named_and_its_port_looked_at(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OTA_DEV_PORT")
    (tmp_path / "other.yaml").write_text("port: 0\n")
    monkeypatch.setenv("OTA_DEV_CONFIG", "other.yaml")

    found = json.loads(doctor("--format", "json")[1])

    assert found["configuration"] == {"file": "other.yaml"}
    assert found["port"] == {"127.0.0.1:0": "free"}


def test_no_secret_and_no_home_folder_is_shown(doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "ada"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("OTA_DEV_DATA_DIR", str(home / "data"))
    monkeypatch.setenv(PRIVATE_KEY_VARIABLE, "c2VjcmV0IGtleQ==")
    monkeypatch.setenv("OTA_DEV_TOKEN", "a-secret-token-of-ada")

    shown = doctor()[1]

    assert "c2VjcmV0IGtleQ==" not in shown
    assert "a-secret-token" not in shown
    assert str(home) not in shown
    assert str(Path("~", "data")) in shown

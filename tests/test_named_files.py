"""Opening what a user names."""

import os
from pathlib import Path

import pytest

from ota_dev import named_files
from ota_dev.named_files import open_named


def test_a_name_is_that_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "Acme.dmg"
    path.write_bytes(b"installer")

    with open_named(str(path)) as file:
        assert file.read() == b"installer"


def test_a_dash_is_standard_input_which_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"installer")
    os.close(writing)
    monkeypatch.setattr(named_files, "_DESCRIPTOR", reading)

    with open_named("-") as file:
        content = file.read()

    assert content == b"installer"
    os.close(reading)  # fails where it is closed already


def test_standard_input_that_is_closed_is_an_error_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    monkeypatch.setattr(named_files, "_DESCRIPTOR", reading)

    with pytest.raises(OSError, match="Bad file descriptor"):
        open_named("-")

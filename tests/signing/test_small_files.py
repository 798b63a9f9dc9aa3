"""Which files are read whole, and what becomes of one that does not hold still."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ota_dev.signing.small_files import LARGEST, is_small, read_small


@pytest.mark.parametrize(("size", "expected"), [(0, True), (LARGEST, True), (LARGEST + 1, False)])
def test_a_file_is_small_up_to_a_limit(size: int, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / "Acme.dmg"
    path.write_bytes(bytes(size))

    assert is_small(path) is expected
    assert read_small(path) == (bytes(size) if expected else None)


def test_what_is_no_file_is_not_small(tmp_path: Path) -> None:
    assert not is_small(tmp_path)
    assert not is_small(tmp_path / "missing.dmg")
    assert read_small(tmp_path) is None
    assert read_small(tmp_path / "missing.dmg") is None


def test_a_file_that_changes_while_it_is_read_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Acme.dmg"
    path.write_bytes(b"half")
    genuine = os.fstat
    looks: list[int] = []

    def fstat(descriptor: int) -> os.stat_result:
        if looks:
            os.utime(path, ns=(1, 1))
        looks.append(descriptor)
        return genuine(descriptor)

    monkeypatch.setattr("ota_dev.signing.small_files.os", SimpleNamespace(fstat=fstat))

    assert read_small(path) is None
    assert len(looks) == 2


if sys.platform != "win32":

    def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path: Path) -> None:
        pipe = tmp_path / "Acme.dmg"
        os.mkfifo(pipe)

        assert not is_small(pipe)
        assert read_small(pipe) is None

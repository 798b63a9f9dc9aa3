"""Files that are for one user only."""

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ota_dev.operating_system import is_open_to_others, write_private


def refuse_links(self: Path, target: Path) -> None:
    raise OSError(95, "Operation not supported", str(self), None, str(target))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=[True, False], ids=["with hard links", "without hard links"])
def any_file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(Path, "hardlink_to", refuse_links)


@pytest.mark.usefixtures("any_file_system")
def test_a_new_file_holds_the_data_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"secret", replace=False)

    assert (tmp_path / "key").read_bytes() == b"secret"
    assert names(tmp_path) == ["key"]


@pytest.mark.usefixtures("any_file_system")
def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"old")

    with pytest.raises(FileExistsError):
        write_private(tmp_path / "key", b"new", replace=False)

    assert (tmp_path / "key").read_bytes() == b"old"
    assert names(tmp_path) == ["key"]


@pytest.mark.usefixtures("any_file_system")
def test_of_several_writers_one_succeeds(tmp_path: Path) -> None:
    def write(number: int) -> bool:
        try:
            write_private(tmp_path / "key", bytes([number]) * 1000, replace=False)
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        succeeded = list(pool.map(write, range(8)))

    assert succeeded.count(True) == 1
    assert (tmp_path / "key").read_bytes() == bytes([succeeded.index(True)]) * 1000


def test_a_file_may_be_replaced_on_demand(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"old")

    write_private(tmp_path / "key", b"new", replace=True)

    assert (tmp_path / "key").read_bytes() == b"new"
    assert names(tmp_path) == ["key"]


if sys.platform != "win32":

    @pytest.mark.parametrize("replace", [True, False])
    def test_only_its_owner_can_use_it_whatever_the_umask(replace: bool, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            write_private(tmp_path / "key", b"secret", replace=replace)
        finally:
            os.umask(before)

        status = (tmp_path / "key").stat()
        assert stat.S_IMODE(status.st_mode) == 0o600
        assert is_open_to_others(status) is False

    def test_a_file_that_others_could_read_is_for_its_owner_once_it_is_replaced(tmp_path: Path) -> None:
        (tmp_path / "key").write_bytes(b"old")
        (tmp_path / "key").chmod(0o644)

        write_private(tmp_path / "key", b"new", replace=True)

        assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600

    def test_not_even_the_unfinished_file_is_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        modes = []
        genuine = os.open

        def watch(path: Path, flags: int, mode: int = 0o777) -> int:
            fd = genuine(path, flags, mode)
            modes.append(stat.S_IMODE(os.fstat(fd).st_mode))
            return fd

        monkeypatch.setattr(os, "open", watch)

        write_private(tmp_path / "key", b"secret", replace=True)

        assert modes[0] == 0o600

    @pytest.mark.parametrize(
        ("mode", "is_open"),
        [(0o600, False), (0o400, False), (0o640, True), (0o604, True), (0o620, True), (0o644, True), (0o777, True)],
        ids=oct,
    )
    def test_permission_bits_say_whether_others_may_use_a_file(mode: int, is_open: bool, tmp_path: Path) -> None:
        path = tmp_path / "key"
        path.write_bytes(b"secret")
        path.chmod(mode)

        assert is_open_to_others(path.stat()) is is_open

    def test_a_pipe_says_nothing() -> None:
        reading, writing = os.pipe()
        try:
            assert is_open_to_others(os.fstat(reading)) is None
        finally:
            os.close(reading)
            os.close(writing)


def test_permission_bits_say_nothing_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    (tmp_path / "key").touch()

    assert is_open_to_others((tmp_path / "key").stat()) is None

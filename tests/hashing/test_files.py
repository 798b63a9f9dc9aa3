import errno
import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest

from ota_dev.errors import HashingError
from ota_dev.hashing import HashedFile, UnhashedFile, digest_file, digest_files


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture(params=[1, 4], ids=["on one core", "on four cores"])
def any_cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: request.param)


def test_a_file_gives_its_size_and_its_digests(tmp_path: Path) -> None:
    path = tmp_path / "Acme Notes.dmg"
    path.write_bytes(b"installer")

    hashed = digest_file(path, ["sha256", "md5"])

    assert hashed == HashedFile(
        path=path,
        size=9,
        digests={"sha256": hashlib.sha256(b"installer").digest(), "md5": hashlib.md5(b"installer").digest()},  # noqa: S324
    )


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "missing.dmg"

    with pytest.raises(HashingError) as caught:
        digest_file(path, ["sha256"])

    assert str(caught.value) == f"{path} does not exist: check its name"


def test_a_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(HashingError) as caught:
        digest_file(tmp_path, ["sha256"])

    assert str(caught.value) == f"{tmp_path} is a folder: name the files in it"


def test_a_file_that_may_not_be_read_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "secret.dmg"

    def refuse(_: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(HashingError) as caught:
        digest_file(path, ["sha256"], open_file=refuse)

    assert str(caught.value) == f"{path} may not be read: check its permissions"


def test_any_other_trouble_is_told_in_the_system_s_words(tmp_path: Path) -> None:
    path = tmp_path / "drive.dmg"

    def fail(_: Path) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(HashingError) as caught:
        digest_file(path, ["sha256"], open_file=fail)

    assert str(caught.value) == f"{path} cannot be read: Input/output error"


def test_a_file_that_grows_while_it_is_read_has_no_digest(tmp_path: Path) -> None:
    path = tmp_path / "landing.dmg"
    path.write_bytes(b"half")

    def grow(_: int) -> None:
        with path.open("ab") as file:
            file.write(b"half" if path.stat().st_size == 4 else b"")

    with pytest.raises(HashingError) as caught:
        digest_file(path, ["sha256"], grow)

    assert str(caught.value) == f"{path} changed while it was read: try again when it is complete"


def test_a_file_whose_date_changes_while_it_is_read_has_no_digest(tmp_path: Path) -> None:
    path = tmp_path / "landing.dmg"
    path.write_bytes(b"same size")

    with pytest.raises(HashingError, match="changed while it was read"):
        digest_file(path, ["sha256"], lambda _: os.utime(path, ns=(1, 1)))


@pytest.mark.usefixtures("any_cores")
def test_results_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.zip" for number in range(20)]
    for number, path in enumerate(paths):
        path.write_bytes(b"x" * (20 - number) * 50_000)

    results = list(digest_files(paths, ["sha256"]))

    assert [result.path for result in results] == paths


@pytest.mark.usefixtures("any_cores")
def test_a_file_that_cannot_be_read_costs_only_its_own_result(tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    good.write_bytes(b"good")
    missing = tmp_path / "missing.zip"

    first, second, third = digest_files([good, missing, good], ["sha256"])

    assert first == third == HashedFile(path=good, size=4, digests={"sha256": hashlib.sha256(b"good").digest()})
    assert isinstance(second, UnhashedFile)
    assert str(second.error) == f"{missing} does not exist: check its name"


@pytest.mark.usefixtures("two_cores")
def test_progress_is_never_called_by_two_threads_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.zip" for number in range(4)]
    for path in paths:
        path.write_bytes(b"x" * 3_000_000)
    turn = threading.Lock()
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        assert turn.acquire(blocking=False)
        done += size
        turn.release()

    results = list(digest_files(paths, ["sha256"], advance))

    assert all(isinstance(result, HashedFile) for result in results)
    assert done == 12_000_000


@pytest.mark.usefixtures("two_cores")
def test_two_files_are_read_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    both_are_reading = threading.Barrier(2, timeout=30)

    def read(path: Path, *_: object) -> HashedFile:
        both_are_reading.wait()
        return HashedFile(path=path, size=0, digests={})

    monkeypatch.setattr("ota_dev.hashing.files.digest_file", read)

    results = list(digest_files([Path("a.zip"), Path("b.zip")], ["sha256"]))

    assert [result.path.name for result in results] == ["a.zip", "b.zip"]


@pytest.mark.usefixtures("two_cores")
def test_who_stops_asking_stops_the_reading(tmp_path: Path) -> None:
    small = tmp_path / "small.zip"
    small.write_bytes(b"x")
    large = tmp_path / "large.zip"
    with large.open("wb") as file:
        file.truncate(1 << 40)
    before = threading.active_count()

    results = digest_files([small, large, large], ["sha256"])
    first = next(results)
    results.close()  # type: ignore[attr-defined] # every generator has it

    assert first.path == small
    assert threading.active_count() == before


def test_importing_the_hashing_brings_nothing_heavy() -> None:
    probe = (
        "import sys, ota_dev.hashing; print({'logging', 'concurrent.futures', 'json', 'asyncio'} & set(sys.modules))"
    )

    imported = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert imported.stdout == "set()\n"

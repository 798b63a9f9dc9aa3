import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ota_dev.errors import SigningError, UnusableKeyError
from ota_dev.operating_system.own_folders import DATA_FOLDER_VARIABLE
from ota_dev.signing import PrivateKey, is_personal_test_key, personal_test_key


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data" / "ota-dev"
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(folder))
    return folder


def test_it_is_made_on_first_use_and_stays_the_same(folder: Path) -> None:
    first = personal_test_key()

    assert first == personal_test_key()
    assert [path.name for path in folder.iterdir()] == ["TEST-private-key.pem"]


def test_its_file_says_that_it_is_for_tests(folder: Path) -> None:
    personal_test_key()

    first_line = (folder / "TEST-private-key.pem").read_text().splitlines()[0]
    assert first_line == (
        "TEST key of ota-dev, made for trying updates on this machine. Never ship an app that trusts it."
    )


def test_openssl_reads_the_file_in_spite_of_its_first_line(folder: Path) -> None:
    public_key = personal_test_key().public_key

    read = subprocess.run(
        ["openssl", "pkey", "-in", folder / "TEST-private-key.pem", "-pubout", "-outform", "DER"],
        capture_output=True,
        check=True,
    )

    assert read.stdout.endswith(public_key.raw)


def test_several_that_start_at_once_use_one_key() -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: personal_test_key(), range(8)))

    assert len({key.public_key for key in keys}) == 1


def test_it_is_recognised_wherever_it_was_read_from() -> None:
    key = personal_test_key()

    assert is_personal_test_key(PrivateKey.from_seed(key.seed).public_key)
    assert not is_personal_test_key(PrivateKey.generate().public_key)


def test_asking_whether_a_key_is_it_makes_none(folder: Path) -> None:
    assert not is_personal_test_key(PrivateKey.generate().public_key)
    assert not folder.exists()


def test_a_damaged_file_is_named_and_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    path = folder / "TEST-private-key.pem"
    path.touch(0o600)

    with pytest.raises(UnusableKeyError) as caught:
        personal_test_key()

    assert str(caught.value) == f"{path} is empty, but should hold a key"
    assert not is_personal_test_key(PrivateKey.generate().public_key)


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    folder.parent.write_text("in the way")

    with pytest.raises(SigningError) as caught:
        personal_test_key()

    assert str(caught.value) == (
        f"the test key {folder / 'TEST-private-key.pem'} cannot be made (Not a directory): use --key FILE"
    )


def test_without_a_home_folder_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_FOLDER_VARIABLE)
    monkeypatch.setattr("ota_dev.operating_system.own_folders.user_data_path", lambda *_, **__: Path("ota-dev"))

    with pytest.raises(SigningError, match="there is no folder for a test key: name one with OTA_DEV_DATA_DIR"):
        personal_test_key()

    assert not is_personal_test_key(PrivateKey.generate().public_key)


if sys.platform != "win32":

    def test_only_its_owner_can_use_it(folder: Path) -> None:
        before = os.umask(0)
        try:
            personal_test_key()
        finally:
            os.umask(before)

        assert stat.S_IMODE((folder / "TEST-private-key.pem").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_it_is_refused_once_others_may_read_it(folder: Path) -> None:
        personal_test_key()
        (folder / "TEST-private-key.pem").chmod(0o644)

        with pytest.raises(UnusableKeyError, match="other users of this machine may read or change"):
            personal_test_key()

"""Which key is in force."""

import os
from pathlib import Path

import pytest

from ota_dev.cli.options.keys import KEY_VARIABLE, find_key_in_force
from ota_dev.errors import UnusableKeyError, UsageError
from ota_dev.operating_system.own_folders import DATA_FOLDER_VARIABLE
from ota_dev.signing import PRIVATE_KEY_VARIABLE, KeyFormat, PrivateKey, personal_test_key, write_private_key


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


@pytest.fixture
def key_file(tmp_path: Path, key: PrivateKey) -> str:
    path = tmp_path / "acme.key"
    write_private_key(path, key, KeyFormat.SPARKLE, replace=False)
    return str(path)


def public_key_in_force(name: str | None = None, *, sign: bool = False) -> str | None:
    found = find_key_in_force(name, sign=sign)
    return found.public_key if found else None


def test_the_variable_has_one_name() -> None:
    assert KEY_VARIABLE == PRIVATE_KEY_VARIABLE


def test_nothing_is_signed_until_asked() -> None:
    assert find_key_in_force(None) is None
    assert not Path(os.environ[DATA_FOLDER_VARIABLE]).exists()


def test_a_feed_is_not_signed_without_a_key() -> None:
    with pytest.raises(UsageError, match="--sign-feed needs a key: name its file with --key FILE"):
        find_key_in_force(None, sign_feed=True)


def test_a_key_that_is_given_goes_before_all_others(
    key: PrivateKey, key_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "nonsense")

    assert public_key_in_force(key_file, sign=True) == key.public_key.base64


def test_the_key_in_the_environment_goes_before_the_test_key(
    key: PrivateKey, key_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, Path(key_file).read_text())

    assert public_key_in_force() == public_key_in_force(sign=True) == key.public_key.base64


def test_an_empty_key_in_the_environment_is_no_reason_to_go_on_unsigned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "")

    with pytest.raises(UnusableKeyError, match=KEY_VARIABLE):
        find_key_in_force(None)


def test_the_test_key_is_made_once_and_is_known_as_such() -> None:
    first, second = find_key_in_force(None, sign=True), find_key_in_force(None, sign=True)

    assert first is not None
    assert first.is_test
    assert second is not None
    assert second.public_key == first.public_key == personal_test_key().public_key.base64


def test_a_copy_of_the_test_key_is_the_test_key(tmp_path: Path) -> None:
    copy = tmp_path / "copy.key"
    write_private_key(copy, personal_test_key(), KeyFormat.SPARKLE, replace=False)

    found = find_key_in_force(str(copy))

    assert found is not None
    assert found.is_test


def test_another_key_is_not_the_test_key(key_file: str) -> None:
    personal_test_key()

    found = find_key_in_force(key_file, sign_feed=True)

    assert found is not None
    assert (found.is_test, found.signs_feeds) == (False, True)

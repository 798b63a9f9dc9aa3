import os
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ota_dev.catalog.minisign import MinisignPublicKey
from ota_dev.catalog.minisign_writing import packed_public_key
from ota_dev.errors import SigningError, UnusableKeyError
from ota_dev.signing import (
    PRIVATE_KEY_VARIABLE,
    KeyFormat,
    PrivateKey,
    find_private_key,
    find_public_key,
    format_public_key,
    read_private_key,
    read_verifying_key,
    write_private_key,
    write_public_key,
)
from ota_dev.signing.key_formats import format_private_key

SPOILT = ["whole", "cut", "URL-safe"]


@pytest.fixture
def pipe() -> Iterator[Callable[[bytes], int]]:
    """Give a pipe with some bytes in it, by the descriptor of its reading end."""
    opened = []

    def hold(text: bytes) -> int:
        reading, writing = os.pipe()
        opened.append(reading)
        os.write(writing, text)
        os.close(writing)
        return reading

    yield hold
    for descriptor in opened:
        os.close(descriptor)


@pytest.fixture
def standard_input(pipe: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Let standard input hold some bytes."""
    descriptor = "ota_dev.named_files._DESCRIPTOR"
    return lambda text: monkeypatch.setattr(descriptor, pipe(text))


def test_a_key_comes_from_standard_input(key: PrivateKey, standard_input: Callable[[bytes], None]) -> None:
    standard_input(b64encode(key.seed.reveal()) + b"\n")

    assert read_private_key("-") == key


def test_the_public_key_of_a_tauri_app_comes_from_standard_input(standard_input: Callable[[bytes], None]) -> None:
    standard_input(packed_public_key(bytes(32)).encode())

    assert isinstance(read_verifying_key("-"), MinisignPublicKey)


if Path("/dev/fd").exists():

    def test_a_public_key_comes_through_a_pipe_as_shells_name_it(
        key: PrivateKey, public_text: str, pipe: Callable[[bytes], int]
    ) -> None:
        assert read_verifying_key(f"/dev/fd/{pipe(public_text.encode())}") == key.public_key


def test_standard_input_is_named_in_errors(standard_input: Callable[[bytes], None]) -> None:
    standard_input(b"")

    with pytest.raises(UnusableKeyError, match=r"^standard input is empty, but should hold a key$"):
        read_private_key("-")


def test_a_file_goes_before_the_environment(key_file: Path, key: PrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PRIVATE_KEY_VARIABLE, b64encode(bytes(32)).decode())

    assert find_private_key(str(key_file)) == key
    assert find_public_key(str(key_file)) == key.public_key
    assert find_private_key(None) != key


def test_the_environment_holds_the_key_itself(key: PrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PRIVATE_KEY_VARIABLE, b64encode(key.seed.reveal()).decode())

    assert find_private_key(None) == key
    assert find_public_key(None) == key.public_key


def test_without_any_key_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PRIVATE_KEY_VARIABLE, raising=False)

    assert find_private_key(None) is None
    assert find_public_key(None) is None


def test_the_environment_is_named_in_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PRIVATE_KEY_VARIABLE, "")

    with pytest.raises(UnusableKeyError, match=r"^OTA_DEV_PRIVATE_KEY is empty, but should hold a key$"):
        find_private_key(None)


def test_a_public_key_is_the_text_or_a_file(key: PrivateKey, public_text: str, tmp_path: Path) -> None:
    pem = format_public_key(key.public_key, KeyFormat.PEM)
    (tmp_path / "public.pem").write_text(pem)
    (tmp_path / "key.pub").write_text(public_text)

    for given in (public_text, pem, str(tmp_path / "public.pem"), str(tmp_path / "key.pub")):
        assert read_verifying_key(given) == key.public_key


def test_sparkles_old_private_key_verifies(key: PrivateKey, tmp_path: Path) -> None:
    old = tmp_path / "old.key"
    old.write_bytes(b64encode(bytes(64) + key.public_key.raw))

    assert read_verifying_key(str(old)) == key.public_key
    assert find_public_key(str(old)) == key.public_key


def test_a_private_key_in_pem_does_not_verify(key: PrivateKey, tmp_path: Path) -> None:
    path = tmp_path / "private.pem"
    write_private_key(path, key, KeyFormat.PEM, replace=False)

    with pytest.raises(UnusableKeyError, match="holds a private key, but verifying needs the public one"):
        read_verifying_key(str(path))


@pytest.mark.parametrize("spoil", [str, lambda text: text[:-1], lambda text: text.replace("+", "-")], ids=SPOILT)
def test_a_key_in_place_of_a_file_name_is_refused_and_not_repeated(
    spoil: Callable[[str], str], key: PrivateKey
) -> None:
    text = spoil(b64encode(key.seed.reveal()).decode())

    with pytest.raises(UnusableKeyError) as caught:
        read_private_key(text)

    assert str(caught.value) == (
        "there is no file of the name that was given; the key itself belongs into a file that only you can read, "
        "since others can see what is on a command line"
    )


def test_a_pem_key_in_place_of_a_file_name_is_not_repeated(key: PrivateKey) -> None:
    with pytest.raises(UnusableKeyError, match=r"^there is no file of the name that was given; the key itself"):
        read_private_key(format_private_key(key, KeyFormat.PEM).reveal().decode())


def test_a_public_key_that_is_cut_is_not_taken_for_a_missing_file(public_text: str) -> None:
    with pytest.raises(UnusableKeyError) as caught:
        read_verifying_key(public_text[:-1])

    assert str(caught.value) == "what was given is neither a whole public key nor the name of a file"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing.key"

    with pytest.raises(SigningError) as caught:
        read_private_key(str(path))

    assert str(caught.value) == f"{path} does not exist: check its name"


def test_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="is a folder: name the files in it"):
        read_private_key(str(tmp_path))


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "Acme-Notes.dmg"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(UnusableKeyError, match=r"Acme-Notes.dmg is larger than 64 KiB, so it is no key$"):
        read_private_key(str(path))


if sys.platform != "win32":

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o602], ids=oct)
    def test_a_private_key_that_others_may_use_is_refused(mode: int, key_file: Path) -> None:
        key_file.chmod(mode)

        with pytest.raises(UnusableKeyError) as caught:
            read_private_key(str(key_file))

        assert str(caught.value) == (
            f"{key_file} holds a private key that other users of this machine may read or change: "
            f"run `chmod 600 {key_file}`, or hand it over as standard input with `-`"
        )

    def test_a_public_key_may_be_read_by_all(key: PrivateKey, tmp_path: Path) -> None:
        path = tmp_path / "key.pub"
        write_public_key(path, key.public_key, KeyFormat.SPARKLE, replace=False)
        path.chmod(0o644)

        assert read_verifying_key(str(path)) == key.public_key

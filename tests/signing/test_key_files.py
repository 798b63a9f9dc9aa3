import stat
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from ota_dev.errors import SigningError
from ota_dev.signing import (
    KeyFormat,
    PrivateKey,
    format_public_key,
    read_private_key,
    write_private_key,
    write_public_key,
)


@pytest.mark.parametrize("key_format", KeyFormat)
def test_a_key_that_was_written_is_read(key_format: KeyFormat, key: PrivateKey, tmp_path: Path) -> None:
    path = tmp_path / "NetSparkle_Ed25519.priv"
    write_private_key(path, key, key_format, replace=False)

    assert read_private_key(str(path)) == key


def test_netsparkles_form_is_a_pair_of_files(key: PrivateKey, public_text: str, tmp_path: Path) -> None:
    private, public = tmp_path / "NetSparkle_Ed25519.priv", tmp_path / "NetSparkle_Ed25519.pub"

    written = write_private_key(private, key, KeyFormat.NETSPARKLE, replace=False)

    assert written == [private, public]
    assert (private.read_bytes(), public.read_text()) == (b64encode(key.seed.reveal()), public_text)


def test_netsparkles_private_file_needs_its_suffix(key: PrivateKey, tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"its tools look for NetSparkle_Ed25519.priv, and .pub beside it"):
        write_private_key(tmp_path / "key.pub", key, KeyFormat.NETSPARKLE, replace=True)

    assert list(tmp_path.iterdir()) == []


def test_a_key_file_is_never_replaced_unasked(key_file: Path, tmp_path: Path) -> None:
    before = key_file.read_bytes()
    other = PrivateKey.generate()

    with pytest.raises(SigningError) as caught:
        write_private_key(key_file, other, KeyFormat.PEM, replace=False)

    assert str(caught.value) == (
        f"{key_file} exists and stays as it is: choose another name, or replace it with --force"
    )
    assert key_file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [key_file]


def test_a_key_file_is_replaced_on_demand(key_file: Path) -> None:
    other = PrivateKey.generate()

    write_private_key(key_file, other, KeyFormat.PEM, replace=True)

    assert read_private_key(str(key_file)) == other


def test_a_public_file_in_the_way_stops_netsparkles_pair_before_it_is_written(key: PrivateKey, tmp_path: Path) -> None:
    public = tmp_path / "NetSparkle_Ed25519.pub"
    public.write_text("precious")

    with pytest.raises(SigningError, match="exists and stays as it is"):
        write_private_key(tmp_path / "NetSparkle_Ed25519.priv", key, KeyFormat.NETSPARKLE, replace=False)

    assert list(tmp_path.iterdir()) == [public]
    assert public.read_text() == "precious"


@pytest.mark.parametrize("replace", [True, False])
def test_a_folder_that_is_missing_is_named(replace: bool, key: PrivateKey, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "key"

    with pytest.raises(SigningError) as private:
        write_private_key(path, key, KeyFormat.SPARKLE, replace=replace)
    with pytest.raises(SigningError) as public:
        write_public_key(path, key.public_key, KeyFormat.SPARKLE, replace=replace)

    assert (
        str(private.value)
        == str(public.value)
        == (f"{path} cannot be written (No such file or directory): check the folder")
    )


def test_a_public_file_is_readable_by_all_and_never_replaced_unasked(key: PrivateKey, tmp_path: Path) -> None:
    path = tmp_path / "public.pem"
    write_public_key(path, key.public_key, KeyFormat.PEM, replace=False)

    with pytest.raises(SigningError, match="exists and stays as it is"):
        write_public_key(path, key.public_key, KeyFormat.SPARKLE, replace=False)

    assert path.read_text() == format_public_key(key.public_key, KeyFormat.PEM)


if sys.platform != "win32":

    def test_a_private_file_is_for_its_owner_only(key_file: Path) -> None:
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600

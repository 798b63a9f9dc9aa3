"""The key that signs for tests: each user has one, made on first use. Reads and writes one file in the data folder.

It is marked TEST in its name and in its text, since an app that trusts it trusts whoever uses this machine.
"""

from contextlib import suppress
from pathlib import Path

from ota_dev.errors import SigningError
from ota_dev.operating_system import write_private
from ota_dev.operating_system.own_folders import DATA_FOLDER_VARIABLE, data_folder
from ota_dev.signing.key_formats import KeyFormat, format_private_key
from ota_dev.signing.key_sources import read_private_key
from ota_dev.signing.keys import PrivateKey, PublicKey

__all__ = ["has_personal_test_key", "is_personal_test_key", "personal_test_key"]

_FILE_NAME = "TEST-private-key.pem"
_MARK = b"TEST key of ota-dev, made for trying updates on this machine. Never ship an app that trusts it.\n"


def personal_test_key() -> PrivateKey:
    """Read the user's test key, and make it if there is none.

    It is in the folder that `OTA_DEV_DATA_DIR` names, else in the user's data folder.

    Raises:
        SigningError: the file cannot be read or made.
        UnusableKeyError: what is in the file is not an Ed25519 private key, or is open to others.
    """
    path = _path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            # Of several processes that do this at once, one makes the key, and all use it.
            with suppress(FileExistsError):
                write_private(path, _new_key_text(), replace=False)
    except OSError as error:
        raise SigningError(f"the test key {path} cannot be made ({error.strerror or error}): use --key FILE") from error
    return read_private_key(str(path))


def has_personal_test_key() -> bool:
    """Say whether the user's test key has been made; reads nothing of it."""
    folder = data_folder()
    return folder is not None and (folder / _FILE_NAME).exists()


def is_personal_test_key(public_key: PublicKey) -> bool:
    """Say whether this is the public half of the user's test key, wherever it was read from."""
    try:
        return _path().exists() and personal_test_key().public_key == public_key
    except (SigningError, OSError):
        return False


def _path() -> Path:
    if (folder := data_folder()) is None:
        raise SigningError(
            f"there is no folder for a test key: name one with {DATA_FOLDER_VARIABLE}, or use --key FILE"
        )
    return folder / _FILE_NAME


def _new_key_text() -> bytes:
    return _MARK + format_private_key(PrivateKey.generate(), KeyFormat.PEM).reveal()

"""Key files: written for the clients' tools, and never over a key that is there. Writes the files it is told to."""

import os
from pathlib import Path

from ota_dev.errors import SigningError
from ota_dev.operating_system import replace_atomically, write_private
from ota_dev.signing.key_formats import KeyFormat, format_private_key, format_public_key
from ota_dev.signing.keys import PrivateKey, PublicKey

__all__ = ["write_private_key", "write_public_key"]


def write_private_key(path: Path, key: PrivateKey, key_format: KeyFormat, *, replace: bool) -> list[Path]:
    """Write a private key for its owner's eyes only, and in NetSparkle's form the public key beside it.

    Gives the files that were written.

    Raises:
        SigningError: a file is there and may not be replaced, or cannot be written.
    """
    public_path = None
    if key_format is KeyFormat.NETSPARKLE:
        public_path = _netsparkle_public_path(path)
        _refuse_to_replace(public_path, replace=replace)
    try:
        write_private(path, format_private_key(key, key_format).reveal(), replace=replace)
    except FileExistsError:
        _refuse_to_replace(path, replace=False)
    except OSError as error:
        raise _unwritable(path, error) from error
    if public_path is None:
        return [path]
    write_public_key(public_path, key.public_key, key_format, replace=replace)
    return [path, public_path]


def write_public_key(path: Path, key: PublicKey, key_format: KeyFormat, *, replace: bool) -> None:
    """Write a public key.

    Raises:
        SigningError: the file is there and may not be replaced, or cannot be written.
    """
    _refuse_to_replace(path, replace=replace)
    try:
        replace_atomically(path, format_public_key(key, key_format).encode())
    except OSError as error:
        raise _unwritable(path, error) from error


def _netsparkle_public_path(path: Path) -> Path:
    if path.suffix != ".priv":
        raise SigningError(
            f"{path} is no name for a NetSparkle key: its tools look for NetSparkle_Ed25519.priv, and .pub beside it"
        )
    return path.with_suffix(".pub")


def _refuse_to_replace(path: Path, *, replace: bool) -> None:
    if not replace and os.path.lexists(path):
        raise SigningError(f"{path} exists and stays as it is: choose another name, or replace it with --force")


def _unwritable(path: Path, error: OSError) -> SigningError:
    return SigningError(f"{path} cannot be written ({error.strerror or error}): check the folder")

"""Where keys come from: files, standard input and the environment. Reads those."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.minisign import MinisignPublicKey
from ota_dev.errors import SigningError, UnusableKeyError
from ota_dev.hashing import explain_unreadable
from ota_dev.named_files import STANDARD_INPUT, open_named
from ota_dev.operating_system import is_open_to_others
from ota_dev.signing.key_formats import (
    AnyKey,
    is_base64_of_key,
    is_pem,
    private_key_of,
    public_half_of,
    recognise_key,
    verifying_key_of,
)
from ota_dev.signing.keys import PrivateKey, PublicKey, VerifyingKey
from ota_dev.signing.secret import Secret

__all__ = [
    "PRIVATE_KEY_VARIABLE",
    "find_private_key",
    "find_public_key",
    "read_private_key",
    "read_verifying_key",
]

PRIVATE_KEY_VARIABLE = "OTA_DEV_PRIVATE_KEY"

_LARGEST_KEY_FILE = 64 * 1024  # bytes

# Base64 or hex that may be most of a key, or PEM. File names that long mostly have a dot.
_LIKE_A_KEY = re.compile(r"[\w+/=-]{40,}|.*-----BEGIN .*", re.ASCII | re.DOTALL)


def find_private_key(name: str | None) -> PrivateKey | None:
    """Read the key of the file *name*, else of `OTA_DEV_PRIVATE_KEY`; `None` when neither is given.

    Raises:
        SigningError: the file cannot be read.
        UnusableKeyError: what is there is not an Ed25519 private key, or is open to others.
    """
    if name is not None:
        return read_private_key(name)
    key = _key_in_environment()
    return private_key_of(key, PRIVATE_KEY_VARIABLE) if key else None


def find_public_key(name: str | None) -> PublicKey | None:
    """Read as `find_private_key` does, but any Ed25519 key, and give its public half."""
    if name is not None:
        return public_half_of(_read_private_key(name), _title(name))
    key = _key_in_environment()
    return public_half_of(key, PRIVATE_KEY_VARIABLE) if key else None


def read_private_key(name: str) -> PrivateKey:
    """Read a private key from the file *name*, `-` being standard input.

    Raises:
        SigningError: the file cannot be read.
        UnusableKeyError: what is there is not an Ed25519 private key, or is open to others.
    """
    return private_key_of(_read_private_key(name), _title(name))


def read_verifying_key(text: str) -> VerifyingKey:
    """Read a public key: *text* is the key itself, or the name of its file, `-` being standard input.

    Raises:
        SigningError: the file cannot be read.
        UnusableKeyError: what is there is not a public key.
    """
    if minisign := MinisignPublicKey.read(text):
        return minisign
    if _is_key(text):
        return _verifying_key(Secret(os.fsencode(text)), "the public key that was given")
    if (key_text := _read(text)) is None:
        raise UnusableKeyError("what was given is neither a whole public key nor the name of a file")
    return _verifying_key(key_text.text, _title(text))


@dataclass(frozen=True, kw_only=True, slots=True)
class _KeyText:
    text: Secret
    is_open_to_others: bool


def _key_in_environment() -> AnyKey | None:
    if PRIVATE_KEY_VARIABLE not in os.environ:
        return None
    text = Secret(os.fsencode(os.environ[PRIVATE_KEY_VARIABLE]))
    return recognise_key(text, PRIVATE_KEY_VARIABLE, is_public=False)


def _verifying_key(text: Secret, source: str) -> VerifyingKey:
    if minisign := MinisignPublicKey.read(text.reveal().decode(errors="replace")):
        return minisign
    return verifying_key_of(recognise_key(text, source, is_public=True), source)


def _read_private_key(name: str) -> AnyKey:
    """Read any key where a private one belongs, and refuse a private one that is open to others."""
    if (key_text := _read(name)) is None:
        raise UnusableKeyError(
            "there is no file of the name that was given; the key itself belongs into a file that only you can read, "
            "since others can see what is on a command line"
        )
    key = recognise_key(key_text.text, _title(name), is_public=False)
    if isinstance(key, PrivateKey) and key_text.is_open_to_others:
        raise UnusableKeyError(
            f"{name} holds a private key that other users of this machine may read or change: "
            f"run `chmod 600 {name}`, or hand it over as standard input with `-`"
        )
    return key


def _read(name: str) -> _KeyText | None:
    """Read a file, `None` when its name is better not repeated in an error."""
    try:
        with open_named(name) as file:
            status = os.fstat(file.fileno())
            text = Secret(file.read(_LARGEST_KEY_FILE + 1))
    except OSError as error:
        if isinstance(error, IsADirectoryError | PermissionError) or not _LIKE_A_KEY.fullmatch(name):
            raise SigningError(explain_unreadable(Path(_title(name)), error)) from error
        return None
    if len(text) > _LARGEST_KEY_FILE:
        raise UnusableKeyError(f"{_title(name)} is larger than {_LARGEST_KEY_FILE >> 10} KiB, so it is no key")
    return _KeyText(text=text, is_open_to_others=bool(name != STANDARD_INPUT and is_open_to_others(status)))


def _is_key(text: str) -> bool:
    secret = Secret(os.fsencode(text))
    return is_pem(secret) or is_base64_of_key(secret)


def _title(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else name

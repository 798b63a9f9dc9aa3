"""Which key `--key`, `--sign` and `--sign-feed` mean; a command without a key never imports the crypto library."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.errors import UsageError

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce
    from ota_dev.signing import PrivateKey

__all__ = ["NO_KEY", "PublicKey", "RequiredPublicKey", "find_key_in_force", "required_private_key"]

KEY_VARIABLE = "OTA_DEV_PRIVATE_KEY"
_PUBLIC_KEY = "The public key in base64, as in SUPublicEDKey or Tauri's pubkey, or its file; PEM is fine."
NO_KEY = f"there is no key: name its file with --key FILE (- is standard input), or set {KEY_VARIABLE}"

PublicKey = Annotated[str | None, typer.Option("--public-key", metavar="KEY", help=_PUBLIC_KEY, show_default="none")]
RequiredPublicKey = Annotated[str, typer.Option("--public-key", metavar="KEY", help=_PUBLIC_KEY, show_default=False)]


def find_key_in_force(name: str | None, *, sign: bool = False, sign_feed: bool = False) -> KeyInForce | None:
    """Give the key of the file *name*, else of the environment, else with *sign* the user's test key, else `None`.

    Raises:
        UsageError: the feed is to be signed, and there is no key.
        SigningError, UnusableKeyError: the key cannot be read or used.
    """
    if name is None and not sign and KEY_VARIABLE not in os.environ:
        if sign_feed:
            raise UsageError("--sign-feed needs a key: name its file with --key FILE")
        return None
    from ota_dev.publishing.key_in_force import KeyInForce
    from ota_dev.signing import find_private_key, is_personal_test_key, personal_test_key

    key = find_private_key(name) or personal_test_key()
    return KeyInForce(key=key, is_test=is_personal_test_key(key.public_key), signs_feeds=sign_feed)


def required_private_key(name: str | None) -> PrivateKey:
    """Read the key of the file *name*, else of the environment.

    Raises:
        UsageError: neither is given.
        SigningError, UnusableKeyError: the key cannot be read or used.
    """
    from ota_dev.signing import find_private_key

    key = find_private_key(name)
    if key is None:
        raise UsageError(NO_KEY)
    return key

"""The forms in which a key is written. Pure."""

from enum import StrEnum
from typing import assert_never

from ota_dev.signing.key_formats.base64_text import format_private_base64
from ota_dev.signing.key_formats.pem import format_private_pem, format_public_pem
from ota_dev.signing.keys import PrivateKey, PublicKey
from ota_dev.signing.secret import Secret

__all__ = ["KeyFormat", "format_private_key", "format_public_key"]


class KeyFormat(StrEnum):
    """A form of keys; NetSparkle's is Sparkle's text, but in a pair of files."""

    SPARKLE = "sparkle"
    PEM = "pem"
    NETSPARKLE = "netsparkle"


def format_private_key(key: PrivateKey, key_format: KeyFormat) -> Secret:
    """Write a private key as the bytes of its file."""
    match key_format:
        case KeyFormat.SPARKLE | KeyFormat.NETSPARKLE:
            return format_private_base64(key)
        case KeyFormat.PEM:
            return format_private_pem(key)
        case _:
            assert_never(key_format)


def format_public_key(key: PublicKey, key_format: KeyFormat) -> str:
    """Write a public key as the text of its file."""
    match key_format:
        case KeyFormat.SPARKLE | KeyFormat.NETSPARKLE:
            return key.base64
        case KeyFormat.PEM:
            return format_public_pem(key)
        case _:
            assert_never(key_format)

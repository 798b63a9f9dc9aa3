"""From a text to the key in it, whatever its form, and to the half of it that is needed. Pure."""

import codecs
from typing import TypeAlias

from ota_dev.errors import UnusableKeyError
from ota_dev.signing.key_formats.base64_text import parse_base64
from ota_dev.signing.key_formats.pem import is_pem, parse_pem
from ota_dev.signing.keys import DsaPublicKey, ExpandedPrivateKey, PrivateKey, PublicKey, VerifyingKey
from ota_dev.signing.secret import Secret

__all__ = ["AnyKey", "private_key_of", "public_half_of", "recognise_key", "verifying_key_of"]

AnyKey: TypeAlias = PrivateKey | ExpandedPrivateKey | PublicKey | DsaPublicKey


def recognise_key(text: Secret, source: str, *, is_public: bool) -> AnyKey:
    """Read a key in any form; *source* names it in errors.

    *is_public* says which half is taken for granted where the form does not tell: NetSparkle's `.priv` and `.pub`
    files look the same inside, so there the name decides.

    Raises:
        UnusableKeyError: there is no key in it, or none that any client uses.
    """
    plain = _without_encoding(text)
    if not plain:
        raise UnusableKeyError(f"{source} is empty, but should hold a key")
    if not plain.reveal().isascii() or b"\0" in plain.reveal():
        raise UnusableKeyError(
            f"{source} is not text, but keys are base64 or PEM: convert DER with `openssl pkey -inform DER -in FILE`"
        )
    if is_pem(plain):
        return parse_pem(plain, source)
    return parse_base64(plain, source, is_public=_is_public(source, is_public))


def private_key_of(key: AnyKey, source: str) -> PrivateKey:
    """Give the key that signs.

    Raises:
        UnusableKeyError: it is not one.
    """
    match key:
        case PrivateKey():
            return key
        case ExpandedPrivateKey():
            raise UnusableKeyError(
                f"{source} holds a key in the form of Sparkle before 2.6, with which only Sparkle's tools can sign: "
                "use its sign_update, or make a new key with `ota-dev keys new FILE` and ship its public half "
                "in an update that the old key signs"
            )
        case PublicKey() | DsaPublicKey():
            raise UnusableKeyError(f"{source} holds a public key, but signing needs the private one")


def verifying_key_of(key: AnyKey, source: str) -> VerifyingKey:
    """Give the key that verifies.

    Raises:
        UnusableKeyError: it is a private key, which should not be handed to whoever verifies.
    """
    match key:
        case PublicKey() | DsaPublicKey():
            return key
        case ExpandedPrivateKey():
            return key.public_key
        case PrivateKey():
            raise UnusableKeyError(
                f"{source} holds a private key, but verifying needs the public one: "
                "`ota-dev keys export --key FILE` writes it"
            )


def public_half_of(key: AnyKey, source: str) -> PublicKey:
    """Give the Ed25519 public key of any key.

    Raises:
        UnusableKeyError: it is a DSA key.
    """
    match key:
        case PublicKey():
            return key
        case PrivateKey() | ExpandedPrivateKey():
            return key.public_key
        case DsaPublicKey():
            raise UnusableKeyError(
                f"{source} holds a DSA key, which `ota-dev verify` understands and no current client wants"
            )


def _is_public(source: str, otherwise: bool) -> bool:
    if source.endswith(".pub"):
        return True
    return otherwise and not source.endswith(".priv")


def _without_encoding(text: Secret) -> Secret:
    """Take away what Windows tools add: PowerShell 5 writes redirected output in UTF-16, Notepad a mark of UTF-8."""
    try:
        if text.reveal().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Secret(text.reveal().decode("utf-16").strip().encode())
    except UnicodeError:
        return text
    return Secret(text.reveal().removeprefix(codecs.BOM_UTF8).strip())

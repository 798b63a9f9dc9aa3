"""A public key in the form in which each client wants it, and where that goes. Pure.

Keys come in base64, so that whoever shows one need not load the crypto library.
"""

from base64 import b64decode
from dataclasses import dataclass

from ota_dev.catalog.minisign_writing import packed_public_key
from ota_dev.client_setup.interface import Snippet

__all__ = [
    "KeyForm",
    "generic_form",
    "netsparkle_form",
    "public_key_forms",
    "sparkle_form",
    "tauri_form",
    "winsparkle_form",
]

# RFC 8410: what comes before the 32 bytes of an Ed25519 key. These are 12 bytes, so their base64 ends where the key's
# begins.
_BEFORE_KEY = "MCowBQYDK2VwAyEA"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyForm:
    """A public key as one client wants it."""

    title: str  # the key of the client's name
    place: str  # the key of where the lines go
    snippet: Snippet


def public_key_forms(key: str) -> tuple[KeyForm, ...]:
    """Write what each client needs to trust *key*, an Ed25519 key in base64."""
    return (sparkle_form(key), winsparkle_form(key), netsparkle_form(key), tauri_form(key), generic_form(key))


def sparkle_form(key: str) -> KeyForm:
    """Write the entry of a property list."""
    return KeyForm(
        title="client_setup.sparkle.title",
        place="client_setup.sparkle.key_place",
        snippet=Snippet(text=f"<key>SUPublicEDKey</key>\n<string>{key}</string>", language="xml"),
    )


def winsparkle_form(key: str) -> KeyForm:
    """Write the call."""
    return KeyForm(
        title="client_setup.winsparkle.title",
        place="client_setup.winsparkle.key_place",
        snippet=Snippet(text=f'win_sparkle_set_eddsa_public_key("{key}");', language="c"),
    )


def netsparkle_form(key: str) -> KeyForm:
    """Write the object that verifies."""
    return KeyForm(
        title="client_setup.netsparkle.title",
        place="client_setup.netsparkle.key_place",
        snippet=Snippet(text=f'new Ed25519Checker(SecurityMode.Strict, "{key}")', language="csharp"),
    )


def tauri_form(key: str) -> KeyForm:
    """Write the line of `tauri.conf.json`."""
    return KeyForm(
        title="client_setup.tauri.title",
        place="client_setup.tauri.key_place",
        snippet=Snippet(text=f'"pubkey": "{packed_public_key(b64decode(key))}"', language="json"),
    )


def generic_form(key: str) -> KeyForm:
    """Write PEM, as openssl and most libraries read it."""
    return KeyForm(
        title="client_setup.generic.title",
        place="client_setup.generic.key_place",
        snippet=Snippet(
            text=f"-----BEGIN PUBLIC KEY-----\n{_BEFORE_KEY}{key}\n-----END PUBLIC KEY-----", language="pem"
        ),
    )

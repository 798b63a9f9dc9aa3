"""A public key as each client wants it pasted. Pure."""

from dataclasses import dataclass

from ota_dev.signing.key_formats import KeyFormat, format_public_key
from ota_dev.signing.keys import PublicKey

__all__ = ["Snippet", "public_key_snippets"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """Some lines to paste, and where they belong."""

    place: str
    text: str


def public_key_snippets(key: PublicKey) -> tuple[Snippet, ...]:
    """Write what each client needs to trust *key*."""
    return (
        Snippet(
            place="Sparkle: the app's Info.plist",
            text=f"<key>SUPublicEDKey</key>\n<string>{key.base64}</string>",
        ),
        Snippet(
            place="WinSparkle 0.9 and newer: before win_sparkle_init()",
            text=f'win_sparkle_set_eddsa_public_key("{key.base64}");',
        ),
        Snippet(
            place="NetSparkle: the checker of the SparkleUpdater",
            text=f'new Ed25519Checker(SecurityMode.Strict, "{key.base64}")',
        ),
        Snippet(
            place="openssl and hand-written clients: a PEM file",
            text=format_public_key(key, KeyFormat.PEM).rstrip("\n"),
        ),
    )

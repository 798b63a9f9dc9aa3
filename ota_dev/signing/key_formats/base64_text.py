"""Keys as one line of base64: what Sparkle, WinSparkle and NetSparkle keep in their files. Pure.

A private key is its seed, and as long as a public key, so nothing in the text tells the two apart.
"""

import binascii

from ota_dev.errors import UnusableKeyError
from ota_dev.signing.keys import ExpandedPrivateKey, PrivateKey, PublicKey
from ota_dev.signing.secret import Secret

__all__ = ["format_private_base64", "is_base64_of_key", "parse_base64"]

_KEY_SIZE = 32
_SEED_AND_PUBLIC_SIZE = 64  # as libsodium keeps a private key
_EXPANDED_SIZE = 96  # 64 bytes of the expanded seed, then the public key


def is_base64_of_key(text: Secret) -> bool:
    """Say whether *text* is as long as one of the keys, so that nobody should see it."""
    decoded = _decoded(text)
    return decoded is not None and len(decoded) in (_KEY_SIZE, _SEED_AND_PUBLIC_SIZE, _EXPANDED_SIZE)


def parse_base64(text: Secret, source: str, *, is_public: bool) -> PrivateKey | ExpandedPrivateKey | PublicKey:
    """Read one line of base64; *is_public* says which half 32 bytes are taken for.

    Raises:
        UnusableKeyError: it is no base64, or not of the length of a key.
    """
    decoded = _decoded(text)
    if decoded is None:
        raise UnusableKeyError(
            f"{source} holds neither PEM nor standard base64: a key is 44 characters that end in =, or a PEM block"
        )
    if len(decoded) == _EXPANDED_SIZE:
        return ExpandedPrivateKey(PublicKey(decoded.reveal()[-_KEY_SIZE:]))
    if len(decoded) != _KEY_SIZE:
        raise UnusableKeyError(f"{source} holds {len(decoded)} bytes in base64, but an Ed25519 key has {_KEY_SIZE}")
    return PublicKey(decoded.reveal()) if is_public else PrivateKey.from_seed(decoded)


def format_private_base64(key: PrivateKey) -> Secret:
    """Write the seed in base64 without a line end, as Sparkle and NetSparkle export it."""
    return Secret(binascii.b2a_base64(key.seed.reveal(), newline=False))


def _decoded(text: Secret) -> Secret | None:
    """Decode standard base64 without anything between or around it; `None` when it is something else."""
    try:
        return Secret(binascii.a2b_base64(text.reveal(), strict_mode=True))
    except ValueError:
        return None

"""Writes the texts of minisign, packed into base64 once more as Tauri wants them. Pure; nothing is signed here.

Source: minisign 0.11, whose own program judges in the tests what is written.
"""

import hashlib
from base64 import b64encode

__all__ = ["key_id", "packed_public_key", "packed_signature"]

_PUBLIC_KEY, _SIGNATURE_OF_DIGEST = b"Ed", b"ED"
_KEY_ID_SIZE = 8  # bytes


def key_id(public_key: bytes) -> bytes:
    """Give the id of an Ed25519 key, which minisign makes up and which here is always the same for a key."""
    return hashlib.blake2b(public_key, digest_size=_KEY_ID_SIZE).digest()


def packed_public_key(public_key: bytes) -> str:
    """Write an Ed25519 key of 32 bytes as `pubkey` in `tauri.conf.json`: base64 of the two lines of a `.pub` file."""
    identifier = key_id(public_key)
    name = identifier[::-1].hex().upper()  # minisign shows it as a number, lowest byte last
    return _base64(
        f"""\
untrusted comment: minisign public key: {name}
{_base64(_PUBLIC_KEY + identifier + public_key)}
""".encode()
    )


def packed_signature(public_key: bytes, signature: bytes, trusted_comment: str, global_signature: bytes) -> str:
    """Write a signature of a file's BLAKE2b-512 as the content of a `.sig` file: base64 of its four lines.

    *global_signature* covers *signature* and the comment; both have 64 bytes.
    """
    return _base64(
        f"""\
untrusted comment: signature of ota-dev
{_base64(_SIGNATURE_OF_DIGEST + key_id(public_key) + signature)}
trusted comment: {trusted_comment}
{_base64(global_signature)}
""".encode()
    )


def _base64(content: bytes) -> str:
    return b64encode(content).decode()

"""Signatures in the form of minisign, which Tauri's updater verifies, by an Ed25519 key. Reads and writes no file."""

from base64 import b64decode

from ota_dev.catalog.minisign import MinisignSignature, key_id
from ota_dev.catalog.safe_text import plain
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.signatures import sign_bytes

__all__ = ["sign_minisign"]


def sign_minisign(digest: bytes, key: PrivateKey, *, file_name: str, timestamp: int) -> str:
    """Sign the BLAKE2b-512 *digest* of a file, and give the content of its `.sig` file.

    The name and the time, in seconds of the Unix epoch, go into the comment that is signed too.
    """
    comment = f"timestamp:{timestamp}\tfile:{plain(file_name)}"
    signature = b64decode(sign_bytes(digest, key))
    return MinisignSignature(
        key_id=key_id(key.public_key.raw),
        signature=signature,
        trusted_comment=comment,
        global_signature=b64decode(sign_bytes(signature + comment.encode(), key)),
    ).packed

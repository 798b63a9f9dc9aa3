"""Signatures in the form of minisign, which Tauri's updater verifies, by an Ed25519 key. Reads and writes no file."""

from ota_dev.catalog.minisign_writing import packed_signature
from ota_dev.catalog.safe_text import plain
from ota_dev.signing.keys import PrivateKey

__all__ = ["sign_minisign"]


def sign_minisign(digest: bytes, key: PrivateKey, *, file_name: str, timestamp: int) -> str:
    """Sign the BLAKE2b-512 *digest* of a file, and give the content of its `.sig` file.

    The name and the time, in seconds of the Unix epoch, go into the comment that is signed too.
    """
    comment = f"timestamp:{timestamp}\tfile:{plain(file_name)}"
    signature = key.sign(digest)
    return packed_signature(key.public_key.raw, signature, comment, key.sign(signature + comment.encode()))

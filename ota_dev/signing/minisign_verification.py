"""Signatures of minisign, verified as Tauri's updater does. Reads only the files that are to be verified."""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ota_dev.catalog.minisign import MinisignError, MinisignPublicKey, MinisignSignature
from ota_dev.errors import SigningError
from ota_dev.hashing import explain_unreadable
from ota_dev.signing.mapped_files import Job, ask_about_files
from ota_dev.signing.verdicts import Part, Verdict

__all__ = ["verify_minisign"]


def verify_minisign(path: Path, text: str, key: MinisignPublicKey) -> Verdict:
    """Verify a signature of a whole file.

    Raises:
        SigningError: the file cannot be read.
    """
    try:
        signature = MinisignSignature.unpacked(text)
    except MinisignError as error:
        return Verdict(wrong=Part.SIGNATURE, reason=str(error))
    if signature.key_id != key.key_id:
        reason = f"was made with the key {signature.key_name}, and not with this one"
        return Verdict(wrong=Part.SIGNATURE, reason=f"{reason}, {key.name} (UnexpectedKeyId)")
    is_signed = _signs_digest if signature.is_of_digest else _signs_file
    if not is_signed(path, signature, key):
        return Verdict(wrong=Part.BYTES, reason="are not those that were signed (InvalidSignature)")
    if not _fits(signature.signature + signature.trusted_comment.encode(), signature.global_signature, key):
        return Verdict(wrong=Part.SIGNATURE, reason="has a trusted comment that was changed")
    return Verdict()


def _signs_digest(path: Path, signature: MinisignSignature, key: MinisignPublicKey) -> bool:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, hashlib.blake2b).digest()
    except OSError as error:
        raise SigningError(explain_unreadable(path, error)) from error
    return _fits(digest, signature.signature, key)


def _signs_file(path: Path, signature: MinisignSignature, key: MinisignPublicKey) -> bool:
    [answer] = ask_about_files(Job(public_key=key.raw, signature=signature.signature), [path])
    if isinstance(answer, SigningError):
        raise answer
    return answer.is_signed


def _fits(data: bytes, signature: bytes, key: MinisignPublicKey) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, data)
    except InvalidSignature:
        return False
    return True

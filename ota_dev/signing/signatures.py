"""Signatures of what is in memory, such as feeds, and the verification of signatures of anything.

A signature is plain Ed25519 (RFC 8032) over all the bytes, in base64. Legacy DSA signatures are verified, too. Reads
only the files that are to be verified.
"""

import binascii
import re
from base64 import b64encode
from pathlib import Path

from ota_dev.catalog.minisign import MinisignPublicKey
from ota_dev.signing.keys import DsaPublicKey, PrivateKey, PublicKey, VerifyingKey
from ota_dev.signing.legacy_dsa import is_dsa_signature, verify_digest
from ota_dev.signing.minisign_verification import verify_minisign
from ota_dev.signing.signed_content import InFile, InMemory, SignedContent
from ota_dev.signing.verdicts import Part, Verdict

__all__ = ["sign_bytes", "verify_bytes", "verify_file"]

_SIGNATURE_SIZE = 64
# The order of the curve's base point: the second half of a signature is a number below it (RFC 8032, section 5.1.7).
_ORDER = 2**252 + 27742317777372353535851937790883648493

# MD5 to SHA-512; a signature has 88 characters.
_DIGEST_LENGTHS = {32, 40, 64, 96, 128}

_GOOD = Verdict()


def sign_bytes(data: bytes, key: PrivateKey) -> str:
    """Sign what is in memory, and give the signature in base64."""
    return b64encode(key.sign(data)).decode()


def verify_bytes(data: bytes, signature: str, public_key: VerifyingKey, length: int | None = None) -> Verdict:
    """Verify a signature of what is in memory, and its *length* if that is known.

    Raises:
        UnusableKeyError: DSA is asked for, and this machine refuses it.
    """
    if isinstance(public_key, MinisignPublicKey):
        return Verdict(wrong=Part.KEY, reason="is one of minisign, with which only files are signed")
    return _verify(InMemory(data), signature, public_key, length)


def verify_file(path: Path, signature: str, public_key: VerifyingKey, length: int | None = None) -> Verdict:
    """Verify a signature of a whole file, and its *length* if that is known.

    Raises:
        SigningError: the file cannot be read, or changes meanwhile.
        UnusableKeyError: DSA is asked for, and this machine refuses it.
    """
    content = InFile(path)
    if isinstance(public_key, MinisignPublicKey):
        return _wrong_length(content.size(), length) or verify_minisign(content, signature, public_key)
    return _verify(content, signature, public_key, length)


def _verify(
    content: SignedContent, signature: str, public_key: PublicKey | DsaPublicKey, length: int | None
) -> Verdict:
    decoded = _decode(signature, public_key)
    if isinstance(decoded, Verdict):
        return decoded
    if wrong_length := _wrong_length(content.size(), length):
        return wrong_length
    if isinstance(public_key, DsaPublicKey):
        return _judge(verify_digest(content.digest("sha1"), decoded, public_key), length)
    return _judge(content.is_signed(decoded, public_key.raw), length)


def _decode(signature: str, public_key: PublicKey | DsaPublicKey) -> bytes | Verdict:
    """Decode a signature, or say what is wrong with its form."""
    if len(signature) in _DIGEST_LENGTHS and re.fullmatch("[0-9A-Fa-f]*", signature):
        return _wrong_form("is a digest in hex, not a signature: a digest proves nothing about who made the file")
    try:
        decoded = binascii.a2b_base64(signature, strict_mode=True)
    except ValueError:
        return _wrong_form("is not standard base64")
    if isinstance(public_key, DsaPublicKey):
        return decoded if is_dsa_signature(decoded) else _wrong_form("is not a DSA signature, but the key is a DSA key")
    return _problem_of_ed25519(decoded) or decoded


def _problem_of_ed25519(signature: bytes) -> Verdict | None:
    if len(signature) != _SIGNATURE_SIZE:
        if is_dsa_signature(signature):
            return _wrong_form("is a legacy DSA signature, but the key is an Ed25519 key")
        return _wrong_form(f"has {len(signature)} bytes, but an Ed25519 signature has {_SIGNATURE_SIZE}")
    if int.from_bytes(signature[_SIGNATURE_SIZE // 2 :], "little") >= _ORDER:
        return _wrong_form("is no Ed25519 signature of anything: it was damaged, or is something else in base64")
    return None


def _wrong_form(reason: str) -> Verdict:
    return Verdict(wrong=Part.SIGNATURE, reason=reason)


def _wrong_length(size: int, length: int | None) -> Verdict | None:
    if length is None or size == length:
        return None
    return Verdict(
        wrong=Part.LENGTH, reason=f"should be {length} bytes, but is {size}: this is not the file that was signed"
    )


def _judge(is_signed: bool, length: int | None) -> Verdict:
    if is_signed:
        return _GOOD
    known = "" if length is None else " of the same length"
    return Verdict(
        wrong=Part.BYTES,
        reason=f"are not those that were signed{known}, or were signed with the private key of another public key",
    )

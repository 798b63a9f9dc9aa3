"""Keys and signatures of minisign, read from the text in which Tauri's updater has them. Pure.

Source: the crate minisign-verify and `updater.rs` of tauri-plugin-updater. Each is the base64 of a whole file of
minisign. `ED` signs the BLAKE2b-512 of a file, and the older `Ed` the file itself.
"""

import binascii
from base64 import b64decode
from dataclasses import dataclass

__all__ = [
    "MinisignError",
    "MinisignPublicKey",
    "ReadMinisignSignature",
    "read_minisign_key",
    "read_minisign_signature",
]

_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "
_LEGACY, _HASHED = b"Ed", b"ED"
_KEY_SIZE, _SIGNATURE_SIZE, _GLOBAL_SIZE = 42, 74, 64  # bytes: the algorithm, 8 of the key's id, and what follows
_LARGEST = 8 * 1024  # characters


class MinisignError(ValueError):
    """A text is no signature of minisign; the message follows "the signature"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MinisignPublicKey:
    """A public key, as apps with Tauri's updater carry it."""

    key_id: bytes  # 8 bytes, which its signatures name
    raw: bytes  # 32 bytes, of Ed25519


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadMinisignSignature:
    """What a `.sig` file of Tauri holds."""

    is_hashed: bool
    key_id: bytes
    signature: bytes
    trusted_comment: str
    global_signature: bytes  # of the signature and the comment


def read_minisign_key(text: str) -> MinisignPublicKey | None:
    """Read a public key: the `pubkey` of a Tauri app, the file that it is made of, or its second line; else `None`."""
    plain = text.strip()
    for candidate in (_decoded_text(plain), plain):
        lines = [line.strip() for line in candidate.splitlines() if line.strip()]
        raw = _decoded(lines[-1]) if lines and len(lines) <= 2 else b""
        if len(raw) == _KEY_SIZE and raw.startswith(_LEGACY):
            return MinisignPublicKey(key_id=raw[2:10], raw=raw[10:])
    return None


def read_minisign_signature(text: str) -> ReadMinisignSignature:
    """Read what stands in the `signature` of a Tauri feed.

    Raises:
        MinisignError: it is something else; it says what.
    """
    if not text:
        raise MinisignError("is empty")
    if text.startswith(("http://", "https://", "./", "/")) or text.endswith(".sig"):
        raise MinisignError("is the address of a file, and not its content")
    if text.startswith(_UNTRUSTED):
        raise MinisignError("is the text of minisign, and not the base64 of it")
    plain = _decoded_text(text)
    lines = plain.splitlines()
    if len(lines) < 4 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
        raise MinisignError("is not the base64 of the four lines of a .sig file")
    raw, global_signature = _decoded(lines[1]), _decoded(lines[3])
    if len(raw) != _SIGNATURE_SIZE or raw[:2] not in (_LEGACY, _HASHED) or len(global_signature) != _GLOBAL_SIZE:
        raise MinisignError("has lines that are no signature of minisign")
    return ReadMinisignSignature(
        is_hashed=raw[:2] == _HASHED,
        key_id=raw[2:10],
        signature=raw[10:],
        trusted_comment=lines[2].removeprefix(_TRUSTED),
        global_signature=global_signature,
    )


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True) if len(text) <= _LARGEST else b""
    except (binascii.Error, ValueError):
        return b""


def _decoded_text(text: str) -> str:
    return _decoded(text).decode("utf-8", "replace")

"""The texts of minisign as people bring them: public keys and signatures, mostly packed into base64 once more. Pure.

Source: minisign 0.11, and the crate minisign-verify, which `updater.rs` of tauri-plugin-updater reads them with. `ED`
signs the BLAKE2b-512 of a file, and the older `Ed` the file itself. Nothing is verified here, nor is anything of
`minisign_writing` known, whose mistakes are to be caught.
"""

import binascii
import re
from dataclasses import dataclass

__all__ = ["LONGEST", "MinisignError", "MinisignPublicKey", "MinisignSignature"]

LONGEST = 8 * 1024  # characters of a packed text; Tauri's signatures have some 450

_KEY_ID_SIZE, _KEY_SIZE, _SIGNATURE_SIZE = 8, 32, 64  # bytes
_KIND_SIZE = 2
_BODY = _KIND_SIZE + _KEY_ID_SIZE  # where, behind the kind and the id of the key, the key or the signature begins
_OF_WHOLE_FILE, _OF_DIGEST = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_FILE = re.compile(r"(?:^|\t)file:([^\t]+)")


class MinisignError(ValueError):
    """A text is no signature of minisign; the message goes after its name, such as "the signature"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MinisignPublicKey:
    """A public key, as apps with Tauri's updater carry it."""

    key_id: bytes  # 8 bytes, which its signatures name
    raw: bytes  # 32 bytes, of Ed25519

    @classmethod
    def read(cls, text: str) -> "MinisignPublicKey | None":
        """Read the `pubkey` of a Tauri app, the file that it is made of, or its second line; `None` for all else."""
        plain = text.strip()
        for candidate in (_unpacked(plain), plain):
            lines = [line.strip() for line in candidate.splitlines() if line.strip()]
            body = _decoded(lines[-1]) if lines and len(lines) <= 2 else b""
            if len(body) == _BODY + _KEY_SIZE and body.startswith(_OF_WHOLE_FILE):
                return cls(key_id=body[_KIND_SIZE:_BODY], raw=body[_BODY:])
        return None

    @property
    def name(self) -> str:
        """Give its id as minisign shows it."""
        return _key_name(self.key_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class MinisignSignature:
    """A signature, and what it says of itself."""

    key_id: bytes
    signature: bytes  # 64 bytes, over the file's BLAKE2b-512, or the file itself where it is of the old kind
    trusted_comment: str  # which the global signature covers
    global_signature: bytes  # 64 bytes, over the signature and the comment
    is_of_digest: bool

    @classmethod
    def unpacked(cls, text: str) -> "MinisignSignature":
        """Read the content of a `.sig` file, which is also the `signature` in a Tauri feed.

        Raises:
            MinisignError: it is something else; it says what.
        """
        if reason := _obvious_mistake(text):
            raise MinisignError(reason)
        lines = _unpacked(text).splitlines()
        if len(lines) < 4 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
            raise MinisignError("is not the base64 of the four lines of a .sig file")
        body, whole = _decoded(lines[1]), _decoded(lines[3])
        kind, signature = body[:_KIND_SIZE], body[_BODY:]
        if {len(signature), len(whole)} != {_SIGNATURE_SIZE} or kind not in (_OF_WHOLE_FILE, _OF_DIGEST):
            raise MinisignError("has lines that are no signature of minisign")
        return cls(
            key_id=body[_KIND_SIZE:_BODY],
            signature=signature,
            trusted_comment=lines[2].removeprefix(_TRUSTED),
            global_signature=whole,
            is_of_digest=kind == _OF_DIGEST,
        )

    @property
    def key_name(self) -> str:
        """Give the id of the key that it was made with, as minisign shows it."""
        return _key_name(self.key_id)

    @property
    def file_name(self) -> str | None:
        """Give the name of the file that was signed, where the trusted comment says it."""
        match = _FILE.search(self.trusted_comment)
        return match[1] if match else None


def _obvious_mistake(text: str) -> str:
    """Say what people put in the place of a signature; an empty text where it is none of that."""
    if not text:
        return "is empty"
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters, which no signature is"
    if text.startswith(("http://", "https://", "./", "/")) or text.endswith(".sig"):
        return "is the address of a file, and not its content"
    if text.startswith(_UNTRUSTED):
        return "is the text of minisign, and not the base64 of it"
    return ""


def _key_name(identifier: bytes) -> str:
    return identifier[::-1].hex().upper()  # minisign shows it as a number, lowest byte last


def _unpacked(text: str) -> str:
    """Decode base64 of a text; what is no UTF-8 gives an empty one, since Tauri's client refuses it."""
    try:
        return _decoded(text).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _decoded(text: str) -> bytes:
    """Decode base64; what is none, or far too long, gives no bytes."""
    try:
        return binascii.a2b_base64(text, strict_mode=True) if len(text) <= LONGEST else b""
    except ValueError:
        return b""

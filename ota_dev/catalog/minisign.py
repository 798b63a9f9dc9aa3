"""The texts of minisign: public keys and signatures, packed into base64 once more as Tauri wants them. Pure.

Source: minisign 0.11 and `minisign-verify`, which Tauri's updater reads them with. Nothing is signed or verified here.
"""

import binascii
import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass

__all__ = ["LONGEST", "MinisignSignature", "key_id", "packed_public_key"]

LONGEST = 4096  # characters of a packed signature; Tauri's have some 450

_KEY_ID_SIZE = 8  # bytes
_OF_WHOLE_FILE, _OF_DIGEST = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_FILE = re.compile(r"(?:^|\t)file:([^\t]+)")


def key_id(public_key: bytes) -> bytes:
    """Give the id of an Ed25519 key, which minisign makes up and which here is always the same for a key."""
    return hashlib.blake2b(public_key, digest_size=_KEY_ID_SIZE).digest()


def packed_public_key(public_key: bytes) -> str:
    """Write an Ed25519 key of 32 bytes as `pubkey` in `tauri.conf.json`: base64 of the two lines of a `.pub` file."""
    name = key_id(public_key)[::-1].hex().upper()  # minisign shows it as a number, lowest byte last
    body = b64encode(_OF_WHOLE_FILE + key_id(public_key) + public_key).decode()
    return _packed(f"{_UNTRUSTED}minisign public key: {name}\n{body}\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class MinisignSignature:
    """A signature, and what it says of itself."""

    key_id: bytes
    signature: bytes  # 64 bytes, over the file's BLAKE2b-512, or the file itself where it is of the old kind
    trusted_comment: str  # which the global signature covers
    global_signature: bytes  # 64 bytes, over the signature and the comment
    is_of_digest: bool = True

    @classmethod
    def unpacked(cls, text: str) -> "MinisignSignature":
        """Read the content of a `.sig` file.

        Raises:
            ValueError: it is none; the message goes after its name.
        """
        if len(text) > LONGEST:
            raise ValueError(f"is longer than {LONGEST} characters, which no signature is")
        if text.startswith(_UNTRUSTED):
            raise ValueError("is the text of minisign itself, and Tauri wants it in base64 once more: encode the file")
        try:
            lines = binascii.a2b_base64(text, strict_mode=True).decode().splitlines()
            return cls._of_lines(*lines)
        except (TypeError, ValueError):
            raise ValueError("is no signature of Tauri's: `tauri build` and `tauri signer sign` write them") from None

    @classmethod
    def _of_lines(cls, untrusted: str, body: str, trusted: str, global_signature: str) -> "MinisignSignature":
        signed, whole = (binascii.a2b_base64(line, strict_mode=True) for line in (body, global_signature))
        kind, name, signature = signed[:2], signed[2:10], signed[10:]
        if (len(signature), len(whole)) != (64, 64) or kind not in (_OF_WHOLE_FILE, _OF_DIGEST):
            raise ValueError
        if not untrusted.startswith(_UNTRUSTED) or not trusted.startswith(_TRUSTED):
            raise ValueError
        return cls(
            key_id=name,
            signature=signature,
            trusted_comment=trusted.removeprefix(_TRUSTED),
            global_signature=whole,
            is_of_digest=kind == _OF_DIGEST,
        )

    @property
    def packed(self) -> str:
        """Write it as the content of a `.sig` file."""
        kind = _OF_DIGEST if self.is_of_digest else _OF_WHOLE_FILE
        body = b64encode(kind + self.key_id + self.signature).decode()
        whole = b64encode(self.global_signature).decode()
        return _packed(f"{_UNTRUSTED}signature of ota-dev\n{body}\n{_TRUSTED}{self.trusted_comment}\n{whole}\n")

    @property
    def file_name(self) -> str | None:
        """Give the name of the file that was signed, where the trusted comment says it."""
        match = _FILE.search(self.trusted_comment)
        return match[1] if match else None


def _packed(text: str) -> str:
    return b64encode(text.encode()).decode()

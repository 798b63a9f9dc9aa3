"""Keys as values: an Ed25519 key pair, and the two kinds of old keys that are only good for verifying. Pure."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Self, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ota_dev.catalog.minisign import MinisignPublicKey
from ota_dev.signing.secret import Secret

__all__ = ["DsaPublicKey", "ExpandedPrivateKey", "PrivateKey", "PublicKey", "VerifyingKey"]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key: what an app carries."""

    raw: bytes  # 32 bytes

    @property
    def base64(self) -> str:
        """Give the text that Sparkle, WinSparkle and NetSparkle read."""
        return b64encode(self.raw).decode()

    def __str__(self) -> str:
        return self.base64


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivateKey:
    """An Ed25519 private key; equal to another that has the same public key."""

    seed: Secret = field(compare=False)  # 32 bytes
    public_key: PublicKey

    @classmethod
    def from_seed(cls, seed: Secret) -> Self:
        """Make the key pair of a seed of 32 bytes."""
        public_key = Ed25519PrivateKey.from_private_bytes(seed.reveal()).public_key()
        return cls(seed=seed, public_key=PublicKey(public_key.public_bytes_raw()))

    @classmethod
    def generate(cls) -> Self:
        """Make a new key pair from the system's randomness."""
        return cls.from_seed(Secret(Ed25519PrivateKey.generate().private_bytes_raw()))

    def sign(self, data: bytes) -> bytes:
        """Sign what is in memory, and give the 64 bytes of the signature."""
        return Ed25519PrivateKey.from_private_bytes(self.seed.reveal()).sign(data)


@dataclass(frozen=True, slots=True)
class ExpandedPrivateKey:
    """Sparkle's private key from before 2.6, of which only the public half is of use.

    It holds what SHA-512 made of the seed. The seed itself cannot be computed back, and libraries sign with nothing
    else. Its secret part is not kept.
    """

    public_key: PublicKey


@dataclass(frozen=True, slots=True)
class DsaPublicKey:
    """The public key of a legacy DSA signature, as old Sparkles and WinSparkles carry it."""

    spki: bytes  # DER


VerifyingKey: TypeAlias = PublicKey | DsaPublicKey | MinisignPublicKey

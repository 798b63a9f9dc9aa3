"""What a signature is of, in memory or in a file: the same questions are asked of both. Reads only the file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ota_dev.errors import HashingError, SigningError
from ota_dev.hashing import digest_file, explain_unreadable
from ota_dev.signing.mapped_files import Job, ask_about_files

__all__ = ["InFile", "InMemory", "SignedContent"]


class SignedContent(Protocol):
    """What is signed; every question raises `SigningError` where it cannot be read, or changes meanwhile."""

    def size(self) -> int:
        """Give its length in bytes."""

    def digest(self, algorithm: str) -> bytes:
        """Give its digest."""

    def is_signed(self, signature: bytes, public_key: bytes) -> bool:
        """Say whether *signature* is that of Ed25519 over all of it; the key has 32 bytes."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """Bytes in memory."""

    data: bytes

    def size(self) -> int:
        """Give its length in bytes."""
        return len(self.data)

    def digest(self, algorithm: str) -> bytes:
        """Give its digest."""
        return hashlib.new(algorithm, self.data, usedforsecurity=False).digest()

    def is_signed(self, signature: bytes, public_key: bytes) -> bool:
        """Say whether *signature* is that of Ed25519 over all of it."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, self.data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class InFile:
    """A whole file; a process of its own maps it, where all of it is needed at once."""

    path: Path

    def size(self) -> int:
        """Give its length in bytes."""
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise SigningError(explain_unreadable(self.path, error)) from error

    def digest(self, algorithm: str) -> bytes:
        """Give its digest."""
        try:
            return digest_file(self.path, [algorithm]).digests[algorithm]
        except HashingError as error:
            raise SigningError(str(error)) from error

    def is_signed(self, signature: bytes, public_key: bytes) -> bool:
        """Say whether *signature* is that of Ed25519 over all of it."""
        [answer] = ask_about_files(Job(public_key=public_key, signature=signature), [self.path])
        if isinstance(answer, SigningError):
            raise answer
        return answer.is_signed

"""What the client demands of a file before it installs it. Reads the file."""

import re
import tarfile
import zipfile
from base64 import b64decode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tests.clients.hand_written.updates import ClientError

__all__ = ["check_format", "check_signature"]

SUFFIXES = frozenset({".zip", ".tar", ".gz", ".bz2", ".dmg", ".exe", ".msi", ".pkg"})
LARGEST = 1 << 30  # bytes


def check_format(path: Path) -> None:
    """Check the suffix, in the case in which it stands, the size, and that an archive opens and stays in its folder."""
    if path.suffix not in SUFFIXES:
        raise ClientError(f"{path.name} is of no kind that is installed here")
    if path.stat().st_size > LARGEST:
        raise ClientError(f"{path.name} is too large")
    try:
        names = list(_names(path))
    except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError) as error:
        raise ClientError(f"{path.name} does not open: {error}") from error
    if any(name.startswith("/") or ".." in name for name in names):
        raise ClientError(f"{path.name} reaches beyond its folder")


def check_signature(path: Path, signature: str | None, key: str | None, *, is_required: bool) -> None:
    """Check a signature wherever there is one; 64 lower-case hex digits are a SHA-256, which needs no *key*."""
    if not signature:
        if is_required:
            raise ClientError("the update is not signed")
        return
    content = path.read_bytes()
    if re.fullmatch("[0-9a-f]{64}", signature):
        if sha256(content).hexdigest() != signature:
            raise ClientError("the SHA-256 is another")
        return
    if key is None:
        raise ClientError("there is no key for the signature")
    public = load_pem_public_key(key.encode("ascii"))
    assert isinstance(public, Ed25519PublicKey)
    try:
        public.verify(b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError) as error:
        raise ClientError("the signature is wrong") from error


def _names(path: Path) -> Iterable[str]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    if path.suffix in {".tar", ".gz", ".bz2"}:
        with tarfile.open(path) as archive:
            return archive.getnames()
    return ()

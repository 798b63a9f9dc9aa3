"""Keys as PEM: PKCS#8 and SubjectPublicKeyInfo, as `openssl genpkey` and `openssl pkey -pubout` write them. Pure."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from ota_dev.errors import UnusableKeyError
from ota_dev.signing.keys import DsaPublicKey, PrivateKey, PublicKey
from ota_dev.signing.secret import Secret

__all__ = ["format_private_pem", "format_public_pem", "is_pem", "parse_pem"]

_OTHER_KINDS = (
    ("an RSA", rsa.RSAPrivateKey, rsa.RSAPublicKey),
    ("an elliptic curve (EC)", ec.EllipticCurvePrivateKey, ec.EllipticCurvePublicKey),
    ("a DSA", dsa.DSAPrivateKey, dsa.DSAPublicKey),
)


def is_pem(text: Secret) -> bool:
    """Say whether *text* has a PEM block; there may be a comment before it."""
    return b"-----BEGIN " in text.reveal()


def parse_pem(text: Secret, source: str) -> PrivateKey | PublicKey | DsaPublicKey:
    """Read the first key of a PEM text.

    Raises:
        UnusableKeyError: it is encrypted, damaged, or of a kind that no client uses.
    """
    key = _load(text, source)
    if isinstance(key, Ed25519PrivateKey):
        return PrivateKey.from_seed(Secret(key.private_bytes_raw()))
    if isinstance(key, Ed25519PublicKey):
        return PublicKey(key.public_bytes_raw())
    if isinstance(key, dsa.DSAPublicKey):
        return DsaPublicKey(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    kind = next((name for name, *types in _OTHER_KINDS if isinstance(key, tuple(types))), "another kind of")
    raise UnusableKeyError(
        f"{source} holds {kind} key, but updates are signed with Ed25519: make a key with `ota-dev keys new FILE`"
    )


def _load(text: Secret, source: str) -> object:
    try:
        if b"PRIVATE KEY-----" in text.reveal():
            # The checks of an RSA key can take minutes, and it will only be named and refused.
            return load_pem_private_key(text.reveal(), password=None, unsafe_skip_rsa_key_validation=True)
        return load_pem_public_key(text.reveal())
    except TypeError:
        problem = "is encrypted with a password: decrypt it with `openssl pkey -in FILE -out NEW` and use the new file"
    except (ValueError, UnsupportedAlgorithm):
        problem = "is no PEM key that can be read: `openssl pkey -noout -text -in FILE` tells more"
    raise UnusableKeyError(f"{source} {problem}")  # outside the clauses, so that nothing is chained to it


def format_private_pem(key: PrivateKey) -> Secret:
    """Write PKCS#8, unencrypted."""
    private_key = Ed25519PrivateKey.from_private_bytes(key.seed.reveal())
    return Secret(private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def format_public_pem(key: PublicKey) -> str:
    """Write a SubjectPublicKeyInfo."""
    public_key = Ed25519PublicKey.from_public_bytes(key.raw)
    return public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

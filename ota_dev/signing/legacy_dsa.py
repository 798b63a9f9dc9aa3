"""DSA signatures, which Sparkle 1 and old WinSparkles check: recognised and verified, never made.

Such a signature is the base64 of a DER-encoded DSA signature over the SHA-1 of the SHA-1 of the file, as
`openssl dgst -sha1 -binary <FILE | openssl dgst -sha1 -sign KEY | openssl enc -base64` makes it. Pure.
"""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_der_public_key

from ota_dev.errors import UnusableKeyError
from ota_dev.signing.keys import DsaPublicKey

__all__ = ["is_dsa_signature", "verify_digest"]


def is_dsa_signature(signature: bytes) -> bool:
    """Say whether decoded bytes have the form of a DSA signature."""
    try:
        decode_dss_signature(signature)
    except ValueError:
        return False
    return True


def verify_digest(sha1: bytes, signature: bytes, public_key: DsaPublicKey) -> bool:
    """Say whether *signature* is that of a file with this SHA-1.

    Raises:
        UnusableKeyError: the crypto library on this machine refuses DSA or SHA-1, as strict policies do.
    """
    try:
        key = load_der_public_key(public_key.spki)
        if not isinstance(key, dsa.DSAPublicKey):
            raise UnusableKeyError("the key is no DSA key")
        key.verify(signature, sha1, SHA1())  # noqa: S303 # what those clients check
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKeyError(f"DSA signatures cannot be verified on this machine: {error}") from error
    return True

"""Ed25519 keys and signatures in the forms that update clients use; the only user of the crypto library.

Reads the keys and files that it is given, and writes keys. Of feeds it knows only the block in which Sparkle signs
them. What is signed is its caller's choice, and no key material gets into a message.
"""

from ota_dev.signing.file_signing import SignedFile, UnsignedFile, sign_file, sign_files
from ota_dev.signing.key_files import write_private_key, write_public_key
from ota_dev.signing.key_formats import KeyFormat, format_public_key
from ota_dev.signing.key_sources import (
    PRIVATE_KEY_VARIABLE,
    find_private_key,
    find_public_key,
    read_private_key,
    read_verifying_key,
)
from ota_dev.signing.keys import DsaPublicKey, PrivateKey, PublicKey, VerifyingKey
from ota_dev.signing.minisign import sign_minisign
from ota_dev.signing.personal_keys import has_personal_test_key, is_personal_test_key, personal_test_key
from ota_dev.signing.signatures import sign_bytes, verify_bytes, verify_file
from ota_dev.signing.signed_feed import (
    SignatureBlock,
    append_signature_block,
    change_signed_feed,
    read_signature_block,
    sign_feed,
    verify_feed,
)
from ota_dev.signing.verdicts import Part, Verdict

__all__ = [
    "PRIVATE_KEY_VARIABLE",
    "DsaPublicKey",
    "KeyFormat",
    "Part",
    "PrivateKey",
    "PublicKey",
    "SignatureBlock",
    "SignedFile",
    "UnsignedFile",
    "Verdict",
    "VerifyingKey",
    "append_signature_block",
    "change_signed_feed",
    "find_private_key",
    "find_public_key",
    "format_public_key",
    "has_personal_test_key",
    "is_personal_test_key",
    "personal_test_key",
    "read_private_key",
    "read_signature_block",
    "read_verifying_key",
    "sign_bytes",
    "sign_feed",
    "sign_file",
    "sign_files",
    "sign_minisign",
    "verify_bytes",
    "verify_feed",
    "verify_file",
    "write_private_key",
    "write_public_key",
]

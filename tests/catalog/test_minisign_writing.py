"""The texts of minisign as they are written; tests/signing/test_minisign.py has them judged by its own program."""

import base64

from ota_dev.catalog.minisign import MinisignPublicKey, MinisignSignature
from ota_dev.catalog.minisign_writing import key_id, packed_public_key, packed_signature

KEY = bytes(32)


def test_a_public_key_is_the_two_lines_of_its_file_in_base64() -> None:
    comment, key, rest = base64.b64decode(packed_public_key(KEY)).decode().split("\n")

    name = key_id(KEY)[::-1].hex().upper()
    assert comment == f"untrusted comment: minisign public key: {name}"
    assert base64.b64decode(key) == b"Ed" + key_id(KEY) + KEY
    assert rest == ""


def test_a_public_key_is_read_back() -> None:
    assert MinisignPublicKey.read(packed_public_key(KEY)) == MinisignPublicKey(key_id=key_id(KEY), raw=KEY)


def test_a_signature_is_read_back() -> None:
    signature, whole, comment = bytes(range(64)), bytes(range(64, 128)), "timestamp:1\tfile:Acme Notes.AppImage"

    assert MinisignSignature.unpacked(packed_signature(KEY, signature, comment, whole)) == MinisignSignature(
        key_id=key_id(KEY),
        signature=signature,
        trusted_comment=comment,
        global_signature=whole,
        is_of_digest=True,
    )

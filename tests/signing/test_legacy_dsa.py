"""The signatures were made with `openssl dgst -sha1 -binary <FILE | openssl dgst -sha1 -sign KEY | openssl base64`."""

from base64 import b64encode
from pathlib import Path

import pytest

from ota_dev.errors import SigningError
from ota_dev.signing import Part, Verdict, VerifyingKey, read_verifying_key, verify_bytes, verify_file
from tests.signing.conftest import DSA_PUBLIC_KEY

CONTENT = b"installer"
SIGNATURE = "MDwCHFmPSUxMq0Ov5ajxDXXVWOL9jdl9iHhgQQ3O9/ECHBJDHlB171rwyMlsLUy6Ia4dS7I8cnAh+a69k+k="


@pytest.fixture
def dsa_key() -> VerifyingKey:
    return read_verifying_key(DSA_PUBLIC_KEY)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    path = tmp_path / "Acme-Notes-1.0-setup.exe"
    path.write_bytes(CONTENT)
    return path


def test_a_legacy_signature_is_verified(signed: Path, dsa_key: VerifyingKey) -> None:
    assert verify_file(signed, SIGNATURE, dsa_key, len(CONTENT)) == Verdict()
    assert verify_bytes(CONTENT, SIGNATURE, dsa_key) == Verdict()


def test_other_bytes_are_noticed(signed: Path, dsa_key: VerifyingKey) -> None:
    signed.write_bytes(b"Installer")

    assert verify_file(signed, SIGNATURE, dsa_key).wrong is Part.BYTES


@pytest.mark.parametrize(
    "signature", [b64encode(bytes(64)).decode(), b64encode(b"0\x03\x02\x01").decode()], ids=["Ed25519", "damaged"]
)
def test_a_signature_of_another_kind_is_noticed(signature: str, signed: Path, dsa_key: VerifyingKey) -> None:
    verdict = verify_file(signed, signature, dsa_key)

    assert str(verdict) == "the signature is not a DSA signature, but the key is a DSA key"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, dsa_key: VerifyingKey) -> None:
    with pytest.raises(SigningError, match=r"is a folder: name the files in it$"):
        verify_file(tmp_path, SIGNATURE, dsa_key)

from base64 import b64decode, b64encode, urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import SigningError
from ota_dev.signing import Part, PrivateKey, Verdict, sign_bytes, sign_file, verify_bytes, verify_file
from ota_dev.signing.secret import Secret

# RFC 8032, section 7.1: seed, public key, message, signature.
VECTORS = {
    "TEST 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    "TEST 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
    "TEST 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
        "c027beceea1ec40a",
    ),
    "TEST SHA(abc)": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
        "2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17a"
        "d9bef1177331a704",
    ),
}
GOOD = Verdict()


@pytest.mark.parametrize("vector", VECTORS.values(), ids=list(VECTORS))
def test_the_signatures_of_rfc_8032_are_made_and_verified(vector: tuple[str, ...], tmp_path: Path) -> None:
    seed, public_key, message, signature = map(bytes.fromhex, vector)
    key = PrivateKey.from_seed(Secret(seed))
    path = tmp_path / "message"
    path.write_bytes(message)

    in_memory = sign_bytes(message, key)
    of_file = sign_file(path, key)

    assert key.public_key.raw == public_key
    assert b64decode(in_memory) == b64decode(of_file.signature) == signature
    assert verify_bytes(message, in_memory, key.public_key) == verify_file(path, in_memory, key.public_key) == GOOD


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        ("", "has 0 bytes, but an Ed25519 signature has 64"),
        ("!", "is not standard base64"),
        (b64encode(b"\xfe" * 64).decode() + "\n", "is not standard base64"),
        (urlsafe_b64encode(b"\xff" * 64).decode(), "is not standard base64"),
        (b64encode(b"\xfe" * 63).decode(), "has 63 bytes, but an Ed25519 signature has 64"),
        ("ab" * 32, "is a digest in hex, not a signature: a digest proves nothing about who made the file"),
        ("AB" * 32, "is a digest in hex, not a signature: a digest proves nothing about who made the file"),
        (
            "MDwCHFmPSUxMq0Ov5ajxDXXVWOL9jdl9iHhgQQ3O9/ECHBJDHlB171rwyMlsLUy6Ia4dS7I8cnAh+a69k+k=",
            "is a legacy DSA signature, but the key is an Ed25519 key",
        ),
        (
            b64encode(b"\xff" * 64).decode(),
            "is no Ed25519 signature of anything: it was damaged, or is something else in base64",
        ),
    ],
    ids=[
        "nothing",
        "other characters",
        "a line end",
        "URL-safe base64",
        "too short",
        "a SHA-256",
        "an upper-case SHA-256",
        "DSA",
        "a number beyond the curve's order",
    ],
)
def test_the_form_of_a_signature_is_wrong(signature: str, reason: str, key: PrivateKey, installer: Path) -> None:
    verdict = verify_file(installer, signature, key.public_key, length=1)

    assert verdict == Verdict(wrong=Part.SIGNATURE, reason=reason)


def test_a_wrong_length_is_named_before_the_bytes(key: PrivateKey, installer: Path) -> None:
    verdict = verify_file(installer, sign_bytes(b"other", key), key.public_key, length=5)

    assert str(verdict) == "the length should be 5 bytes, but is 102400: this is not the file that was signed"
    assert verdict.wrong is Part.LENGTH


def test_a_signature_of_other_bytes_is_wrong(key: PrivateKey, installer: Path) -> None:
    verdict = verify_file(installer, sign_bytes(b"other", key), key.public_key)

    assert verdict.wrong is Part.BYTES
    assert str(verdict) == (
        "the bytes are not those that were signed, or were signed with the private key of another public key"
    )


def test_another_key_and_other_bytes_cannot_be_told_apart(key: PrivateKey, installer: Path) -> None:
    size = installer.stat().st_size
    verdict = verify_file(installer, sign_file(installer, key).signature, PrivateKey.generate().public_key, size)

    assert verdict.wrong is Part.BYTES
    assert verdict.reason.startswith("are not those that were signed of the same length, or were signed with")


@pytest.mark.parametrize("position", [0, 51_200, -1], ids=["first", "middle", "last"])
def test_one_flipped_bit_changes_the_signature_and_spoils_the_old_one(
    position: int, key: PrivateKey, installer: Path
) -> None:
    before = sign_file(installer, key).signature
    content = bytearray(installer.read_bytes())
    content[position] ^= 1
    installer.write_bytes(content)

    assert sign_file(installer, key).signature != before
    assert verify_file(installer, before, key.public_key).wrong is Part.BYTES
    assert verify_bytes(bytes(content), before, key.public_key).wrong is Part.BYTES


def test_a_file_that_cannot_be_verified_is_named(key: PrivateKey, tmp_path: Path) -> None:
    missing = tmp_path / "missing.dmg"

    with pytest.raises(SigningError) as caught:
        verify_file(missing, sign_bytes(b"", key), key.public_key)

    assert str(caught.value) == f"{missing} does not exist: check its name"


@given(signature=st.text(max_size=100) | st.binary(max_size=100).map(lambda data: b64encode(data).decode()))
def test_any_text_for_a_signature_gives_a_verdict(signature: str) -> None:
    public_key = PrivateKey.from_seed(Secret(bytes(32))).public_key

    assert not verify_bytes(b"feed", signature, public_key).is_good

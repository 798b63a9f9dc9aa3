import codecs
import subprocess
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import UnusableKeyError
from ota_dev.signing import KeyFormat, PrivateKey, PublicKey, format_public_key
from ota_dev.signing.key_formats import (
    format_private_key,
    private_key_of,
    public_half_of,
    recognise_key,
    verifying_key_of,
)
from ota_dev.signing.keys import ExpandedPrivateKey
from ota_dev.signing.secret import Secret
from tests.signing.conftest import DSA_PUBLIC_KEY

OpenSsl = Callable[..., subprocess.CompletedProcess[bytes]]

KEY = PrivateKey.from_seed(Secret(bytes(range(32))))
SEED_TEXT = b64encode(KEY.seed.reveal())
PUBLIC_TEXT = b64encode(KEY.public_key.raw)
EXPANDED_TEXT = b64encode(bytes(64) + KEY.public_key.raw)

OPENSSL_PRIVATE = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIPU8Qe3FkIj8wXinlBPOGUyD9MILTyuMocjQ8ympfv4j
-----END PRIVATE KEY-----
"""
OPENSSL_PRIVATE_SEED = bytes.fromhex("f53c41edc59088fcc178a79413ce194c83f4c20b4f2b8ca1c8d0f329a97efe23")
ENCRYPTED = b"""-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjcJqMJCoPiQwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELTjvmUDojV/XNonfGuZJasEQOZm
T/gCkZCqfOj0LqRD789WERrRv7oT70ika0GTbut8+SLH6FX7Q1IRvqO1frTGdeIZ
BCmIFTXl1Lkjm5/7Ew0=
-----END ENCRYPTED PRIVATE KEY-----
"""


def problem(text: bytes, source: str = "key") -> str:
    with pytest.raises(UnusableKeyError) as caught:
        private_key_of(recognise_key(Secret(text), source, is_public=False), source)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        SEED_TEXT,
        SEED_TEXT + b"\n",
        b"\r\n " + SEED_TEXT + b" \r\n",
        codecs.BOM_UTF8 + SEED_TEXT,
        codecs.BOM_UTF16_LE + f"{SEED_TEXT.decode()}\r\n".encode("utf-16-le"),
        format_private_key(KEY, KeyFormat.PEM).reveal(),
        b"TEST key of Acme Notes\n" + format_private_key(KEY, KeyFormat.PEM).reveal(),
        format_private_key(KEY, KeyFormat.PEM).reveal().replace(b"\n", b"\r\n"),
    ],
    ids=[
        "Sparkle's base64",
        "with a line end",
        "with space around it",
        "with Notepad's mark",
        "as PowerShell 5 redirects it",
        "PEM",
        "PEM after a comment",
        "PEM with CRLF",
    ],
)
def test_a_private_key_is_read_from(text: bytes) -> None:
    assert recognise_key(Secret(text), "key", is_public=False) == KEY


def test_a_private_key_is_read_as_openssl_writes_it() -> None:
    key = private_key_of(recognise_key(Secret(OPENSSL_PRIVATE), "key", is_public=False), "key")

    assert key.seed.reveal() == OPENSSL_PRIVATE_SEED


@pytest.mark.parametrize("key_format", KeyFormat)
def test_what_is_written_is_read_again(key_format: KeyFormat) -> None:
    private = recognise_key(format_private_key(KEY, key_format), "key", is_public=False)
    public_text = format_public_key(KEY.public_key, key_format).encode()
    public = recognise_key(Secret(public_text), "key", is_public=True)

    assert (private, public) == (KEY, KEY.public_key)


@pytest.mark.parametrize("key_format", [KeyFormat.SPARKLE, KeyFormat.NETSPARKLE])
def test_a_line_of_base64_is_written_without_a_line_end(key_format: KeyFormat) -> None:
    assert format_private_key(KEY, key_format).reveal() == SEED_TEXT
    assert format_public_key(KEY.public_key, key_format).encode() == PUBLIC_TEXT


@pytest.mark.parametrize(
    ("source", "is_public", "expected"),
    [
        ("key", False, PrivateKey),
        ("key", True, PublicKey),
        ("NetSparkle_Ed25519.priv", True, PrivateKey),
        ("NetSparkle_Ed25519.pub", False, PublicKey),
    ],
)
def test_base64_of_32_bytes_is_taken_for_what_the_name_says_else_what_is_needed(
    source: str, is_public: bool, expected: type
) -> None:
    assert isinstance(recognise_key(Secret(SEED_TEXT), source, is_public=is_public), expected)


@pytest.mark.parametrize("is_public", [True, False])
def test_sparkles_old_private_key_gives_its_public_half(is_public: bool) -> None:
    key = recognise_key(Secret(EXPANDED_TEXT), "key", is_public=is_public)

    assert key == ExpandedPrivateKey(KEY.public_key)
    assert verifying_key_of(key, "key") == public_half_of(key, "key") == KEY.public_key


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "key is empty, but should hold a key"),
        (b" \r\n", "key is empty, but should hold a key"),
        (
            SEED_TEXT[:-1],
            "key holds neither PEM nor standard base64: a key is 44 characters that end in =, or a PEM block",
        ),
        (
            urlsafe_b64encode(b"\xff" * 32),
            "key holds neither PEM nor standard base64: a key is 44 characters that end in =, or a PEM block",
        ),
        (b64encode(bytes(31)), "key holds 31 bytes in base64, but an Ed25519 key has 32"),
        (b64encode(bytes(64)), "key holds 64 bytes in base64, but an Ed25519 key has 32"),
        (KEY.seed.reveal().hex().encode(), "key holds 48 bytes in base64, but an Ed25519 key has 32"),
        (
            b"0.\x02\x01\x00\xff",
            "key is not text, but keys are base64 or PEM: convert DER with `openssl pkey -inform DER -in FILE`",
        ),
        (
            codecs.BOM_UTF16_LE + b"\x00\xd8",
            "key is not text, but keys are base64 or PEM: convert DER with `openssl pkey -inform DER -in FILE`",
        ),
        (
            ENCRYPTED,
            "key is encrypted with a password: decrypt it with `openssl pkey -in FILE -out NEW` and use the new file",
        ),
        (
            OPENSSL_PRIVATE.replace(b"MC4C", b"MC4D"),
            "key is no PEM key that can be read: `openssl pkey -noout -text -in FILE` tells more",
        ),
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "key is no PEM key that can be read: `openssl pkey -noout -text -in FILE` tells more",
        ),
        (
            EXPANDED_TEXT,
            "key holds a key in the form of Sparkle before 2.6, with which only Sparkle's tools can sign: use its "
            "sign_update, or make a new key with `ota-dev keys new FILE` and ship its public half in an update that "
            "the old key signs",
        ),
        (
            format_public_key(KEY.public_key, KeyFormat.PEM).encode(),
            "key holds a public key, but signing needs the private one",
        ),
        (DSA_PUBLIC_KEY.encode(), "key holds a public key, but signing needs the private one"),
    ],
    ids=[
        "an empty file",
        "nothing but space",
        "base64 that is cut",
        "URL-safe base64",
        "too few bytes",
        "libsodium's form",
        "hex",
        "DER",
        "broken UTF-16",
        "an encrypted key",
        "damaged PEM",
        "a certificate",
        "Sparkle's old form",
        "a public key",
        "a DSA public key",
    ],
)
def test_no_private_key_is(text: bytes, sentence: str) -> None:
    assert problem(text) == sentence


@pytest.mark.parametrize(
    ("algorithm", "option", "kind"),
    [("RSA", "rsa_keygen_bits:1024", "an RSA"), ("EC", "ec_paramgen_curve:P-256", "an elliptic curve (EC)")],
)
def test_a_key_of_another_kind_is_named(algorithm: str, option: str, kind: str, openssl: OpenSsl) -> None:
    pem = openssl("genpkey", "-algorithm", algorithm, "-pkeyopt", option).stdout

    assert problem(pem) == (
        f"key holds {kind} key, but updates are signed with Ed25519: make a key with `ota-dev keys new FILE`"
    )


def test_a_key_of_a_kind_that_nobody_expects_is_refused_too(openssl: OpenSsl) -> None:
    pem = openssl("genpkey", "-algorithm", "X25519").stdout

    assert problem(pem).startswith("key holds another kind of key, but updates are signed with Ed25519")


def test_a_public_file_of_netsparkle_does_not_sign() -> None:
    sentence = problem(PUBLIC_TEXT, "NetSparkle_Ed25519.pub")

    assert sentence == "NetSparkle_Ed25519.pub holds a public key, but signing needs the private one"


@pytest.mark.parametrize(
    ("text", "source"),
    [(OPENSSL_PRIVATE, "key.pem"), (SEED_TEXT, "NetSparkle_Ed25519.priv")],
    ids=["PEM", "NetSparkle"],
)
def test_a_private_key_does_not_verify(text: bytes, source: str) -> None:
    with pytest.raises(UnusableKeyError) as caught:
        verifying_key_of(recognise_key(Secret(text), source, is_public=True), source)

    assert str(caught.value) == (
        f"{source} holds a private key, but verifying needs the public one: `ota-dev keys export --key FILE` writes it"
    )


def test_a_dsa_key_has_no_public_half_to_paste() -> None:
    with pytest.raises(UnusableKeyError, match="holds a DSA key, which `ota-dev verify` understands"):
        public_half_of(recognise_key(Secret(DSA_PUBLIC_KEY.encode()), "key", is_public=True), "key")


@given(text=st.binary(max_size=200), is_public=st.booleans())
def test_any_bytes_give_a_key_or_a_sentence(text: bytes, is_public: bool) -> None:
    outcome: object
    try:
        outcome = recognise_key(Secret(text), "key", is_public=is_public)
    except UnusableKeyError as error:
        outcome = str(error)

    assert isinstance(outcome, PrivateKey | PublicKey | ExpandedPrivateKey) or str(outcome).startswith("key ")


@given(label=st.sampled_from(["PRIVATE KEY", "PUBLIC KEY", "RSA PRIVATE KEY"]), der=st.binary(max_size=100))
def test_any_pem_gives_a_key_or_a_sentence(label: str, der: bytes) -> None:
    text = f"-----BEGIN {label}-----\n{b64encode(der).decode()}\n-----END {label}-----\n"

    with pytest.raises(UnusableKeyError, match="is no PEM key that can be read"):
        recognise_key(Secret(text.encode()), "key", is_public=False)

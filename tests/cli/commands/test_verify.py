import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

# RFC 8032, 7.1, TEST 3.
PUBLIC_TEXT = "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU="
SIGNATURE = b64encode(
    bytes.fromhex(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
).decode()
OTHER_KEY = b64encode(bytes(31) + b"\1").decode()

Verify = Callable[..., tuple[int, str, str]]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    (tmp_path / "a.dmg").write_bytes(bytes.fromhex("af82"))
    (tmp_path / "key.pub").write_text(PUBLIC_TEXT)

    def run(
        *options: str, file: str = "a.dmg", signature: str = SIGNATURE, public_key: str = PUBLIC_TEXT
    ) -> tuple[int, str, str]:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "ota_dev", "verify", file),
                *("--signature", signature, "--public-key", public_key, *options),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.mark.parametrize("public_key", [PUBLIC_TEXT, "key.pub", f" {PUBLIC_TEXT}\n"])
def test_a_good_signature_is_called_good(public_key: str, verify: Verify) -> None:
    assert verify("--length", "2", public_key=public_key) == (0, "a.dmg: the signature is good\n", "")


def test_space_around_a_signature_comes_from_pasting(verify: Verify) -> None:
    assert verify(signature=f" {SIGNATURE}\n") == (0, "a.dmg: the signature is good\n", "")


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        (
            {"public_key": PUBLIC_TEXT[:-1]},
            "the key is not usable: what was given is neither a whole public key nor the name of a file",
        ),
        (
            {"public_key": OTHER_KEY},
            "the bytes are not those that were signed, or were signed with the private key of another public key",
        ),
        (
            {"public_key": b64encode(bytes(64)).decode()},
            "the key is not usable: the public key that was given holds 64 bytes in base64, but an Ed25519 key has 32",
        ),
        (
            {"public_key": "a.dmg"},
            "the key is not usable: a.dmg is not text, but keys are base64 or PEM: convert DER with "
            "`openssl pkey -inform DER -in FILE`",
        ),
        ({"signature": SIGNATURE[:-2]}, "the signature is not standard base64"),
        (
            {"signature": "ab" * 32},
            "the signature is a digest in hex, not a signature: a digest proves nothing about who made the file",
        ),
        ({"length": "3"}, "the length should be 3 bytes, but is 2: this is not the file that was signed"),
        (
            {"file": "key.pub"},
            "the bytes are not those that were signed, or were signed with the private key of another public key",
        ),
    ],
    ids=[
        "a key that is cut",
        "another key",
        "a key that is too long",
        "a file that is no key",
        "a signature that is cut",
        "a digest",
        "another length",
        "another file",
    ],
)
def test_the_part_that_is_wrong_is_named(changed: dict[str, str], verdict: str, verify: Verify) -> None:
    options = ["--length", changed.pop("length")] if "length" in changed else []

    code, stdout, stderr = verify(*options, **changed)

    assert (code, stdout, stderr) == (1, f"{changed.get('file', 'a.dmg')}: {verdict}\n", "")


@pytest.mark.parametrize("missing", ["file", "public_key"])
def test_a_file_that_is_missing_is_no_bad_signature(missing: str, verify: Verify) -> None:
    assert verify(**{missing: "missing"}) == (3, "", "ota-dev: missing does not exist: check its name\n")

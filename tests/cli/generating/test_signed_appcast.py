"""`ota-dev generate-appcast` with a key: what it signs, and which keys it refuses."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.signing import (
    KeyFormat,
    PrivateKey,
    personal_test_key,
    verify_bytes,
    verify_feed,
    verify_file,
    write_private_key,
)

COMMAND = [sys.executable, "-m", "ota_dev", "generate-appcast", "--base-url", "https://updates.acme.example/notes"]
KEY = PrivateKey.generate()
MakeZip = Callable[..., bytes]
Generate = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """Run the command in the folder that has `dist` and `acme.key` in it."""
    write_private_key(tmp_path / "acme.key", KEY, KeyFormat.SPARKLE, replace=False)

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*COMMAND, *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=30)

    return run


@pytest.fixture
def put(dist: Path, mac_zip: MakeZip) -> Callable[..., Path]:
    """Put Acme Notes into the folder: `put(public_key="...")` builds it with a key of its own."""

    def put_zip(**options: str) -> Path:
        path = dist / "Acme-Notes-1.3.0.zip"
        path.write_bytes(mac_zip("1.3.0", **options))
        return path

    return put_zip


def signature_in(feed: bytes) -> str:
    (signature,) = re.findall(rb'sparkle:edSignature="([^"]+)"', feed)
    return str(signature, "ascii")


def test_without_a_key_nothing_is_signed(generate: Generate, put: Callable[..., Path], tmp_path: Path) -> None:
    put()

    feed = generate().stdout
    generate("-o", "appcast.xml")

    assert b"edSignature" not in feed
    assert not (tmp_path / "appcast.xml.signature").exists()


def test_with_a_key_installers_are_signed(generate: Generate, put: Callable[..., Path]) -> None:
    installer = put()

    result = generate("--key", "acme.key")

    assert (result.returncode, result.stderr) == (0, b"")
    assert verify_file(installer, signature_in(result.stdout), KEY.public_key).is_good
    assert b"sparkle-signatures" not in result.stdout


def test_the_signature_beside_the_feed_is_of_the_very_bytes_in_the_file(
    generate: Generate, put: Callable[..., Path], tmp_path: Path, dist: Path, mac_zip: MakeZip
) -> None:
    put()
    signatures = []

    for version in ("1.4.0", "1.5.0"):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
        generate("--key", "acme.key", "-o", "appcast.xml")
        signatures.append((tmp_path / "appcast.xml.signature").read_text())
        assert verify_bytes((tmp_path / "appcast.xml").read_bytes(), signatures[-1], KEY.public_key).is_good

    assert signatures[0] != signatures[1]


def test_a_signed_feed_ends_in_a_good_signature_of_itself(
    generate: Generate, put: Callable[..., Path], tmp_path: Path
) -> None:
    put()

    to_stdout = generate("--key", "acme.key", "--sign-feed").stdout
    generate("--key", "acme.key", "--sign-feed", "-o", "appcast.xml")

    written = (tmp_path / "appcast.xml").read_bytes()
    assert written == to_stdout
    assert verify_feed(written, KEY.public_key).is_good
    assert verify_bytes(written, (tmp_path / "appcast.xml.signature").read_text(), KEY.public_key).is_good


@pytest.mark.parametrize("arguments", [["--sign-feed"], ["--key", "missing.key"]], ids=" ".join)
def test_without_a_usable_key_no_feed_is_written(
    generate: Generate, put: Callable[..., Path], arguments: list[str], tmp_path: Path
) -> None:
    put()

    result = generate(*arguments, "-o", "appcast.xml")

    assert (result.returncode, result.stdout) == (2 if "--sign-feed" in arguments else 3, b"")
    assert result.stderr.count(b"\n") == 1
    assert not (tmp_path / "appcast.xml").exists()


def test_the_test_key_signs_only_when_that_is_allowed(
    generate: Generate, put: Callable[..., Path], tmp_path: Path
) -> None:
    installer = put()
    write_private_key(tmp_path / "copy.key", personal_test_key(), KeyFormat.SPARKLE, replace=False)

    refused, allowed = generate("--key", "copy.key"), generate("--key", "copy.key", "--allow-test-key")

    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"--allow-test-key" in refused.stderr
    assert allowed.returncode == 0
    assert verify_file(installer, signature_in(allowed.stdout), personal_test_key().public_key).is_good


@pytest.mark.parametrize(
    ("own", "arguments", "notice"),
    [
        (KEY, [], b"this app holds a public key, so it refuses updates without a signature"),
        (PrivateKey.generate(), ["--key", "acme.key"], b"not the one in force"),
        (KEY, ["--key", "acme.key"], b""),
    ],
    ids=["no key in force", "another key in force", "the same key in force"],
)
def test_what_an_app_with_a_key_will_do_is_said(
    generate: Generate, put: Callable[..., Path], own: PrivateKey, arguments: list[str], notice: bytes
) -> None:
    put(public_key=own.public_key.base64)

    result = generate(*arguments)

    assert result.returncode == 0
    assert notice in result.stderr
    assert bool(notice) == bool(result.stderr)

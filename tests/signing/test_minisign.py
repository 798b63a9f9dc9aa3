"""Signatures in the form of minisign, judged by Debian's `minisign`."""

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest

from ota_dev.catalog.minisign_writing import packed_public_key
from ota_dev.signing import PrivateKey, sign_minisign

KEY = PrivateKey.generate()
CONTENT = b"an installer"


def judge(file: Path, signature: str, key: PrivateKey = KEY) -> subprocess.CompletedProcess[str]:
    """Verify as Tauri's updater does, once what it decodes by itself is decoded."""
    sig, pub = file.with_name("it.minisig"), file.with_name("it.pub")
    sig.write_bytes(base64.b64decode(signature))
    pub.write_bytes(base64.b64decode(packed_public_key(key.public_key.raw)))
    return subprocess.run(
        ["minisign", "-V", "-p", str(pub), "-x", str(sig), "-m", str(file)], capture_output=True, text=True, check=False
    )


def sign(content: bytes, key: PrivateKey = KEY, name: str = "Acme.AppImage") -> str:
    return sign_minisign(hashlib.blake2b(content).digest(), key, file_name=name, timestamp=1_700_000_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Acme.AppImage"
    path.write_bytes(CONTENT)
    return path


@pytest.mark.parametrize("name", ["Acme.AppImage", "Acmé Notes 1.0.exe", "a\nb.exe", "a" * 255], ids=ascii)
def test_minisign_accepts_the_signature_and_its_comment(file: Path, name: str) -> None:
    judged = judge(file, sign(CONTENT, name=name))

    assert judged.returncode == 0, judged.stderr
    assert "Signature and comment signature verified" in judged.stdout
    assert "timestamp:1700000000" in judged.stdout


def test_minisign_refuses_other_bytes(file: Path) -> None:
    judged = judge(file, sign(b"other bytes"))

    assert judged.returncode != 0
    assert "verification failed" in judged.stderr


def test_minisign_refuses_another_key_by_its_id(file: Path) -> None:
    judged = judge(file, sign(CONTENT, PrivateKey.generate()))

    assert judged.returncode != 0
    assert "key id" in judged.stderr.lower()


def test_the_same_file_gives_the_same_signature() -> None:
    assert sign(CONTENT) == sign(CONTENT)

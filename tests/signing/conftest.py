import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.signing import KeyFormat, PrivateKey, write_private_key
from ota_dev.signing.secret import Secret

# Of RFC 8032, section 7.1, TEST 3.
SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")

DSA_PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MIIBvjCCATMGByqGSM44BAEwggEmAoGBAM5v+qFsCKq9joTvv5TdBauVPUt8H8Pb
kYJq1DgBy2zFOjala+7bQtRAg5t6jy8veRPGR+gYs1Gii3t+yv2o2GwQCrLUM6OS
16B9GabPLzHt6yBEab87XSytuIk777IYYpQ25fLngzanTh+fueRAkO6WD/8qdv7Z
oUUqu6cskGbbAh0AgKTzi1yAiRuxE6hPjkriOELqS3OB85znZNhXCwKBgAEZf63q
WM4GlURHWJu9OGneUDGn8Jg6cKnJu4jrP0HSSsQVx0VRAFAatZz/2k0hSvltfuR0
ddvimeFuvISc602Qa1NC1S/8LYAeNAL8mC9Nynjo1XsrWmDjZtukktvtSirk30mr
1VU8wM6O1YqhyStzC6nBtxEpbQBLmcXbGd5SA4GEAAKBgB06vOCyQhZCqJuSGWpM
9lphad5T7VCaqFnqq2uxXwPly1rSLYwX9fyqC0LvSNBqtjoL5ekfpnaPfLQrfjJv
QalBSJ6GSFq3AN35tZS9mwMAGvt7h66eNOKA4CQSMQ4S13jE3CLar6Z8kz65mq0E
/R12nLAkpSgo/+QlVfja2JcN
-----END PUBLIC KEY-----
"""

OpenSsl = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.from_seed(Secret(SEED))


@pytest.fixture
def key_file(tmp_path: Path, key: PrivateKey) -> Path:
    path = tmp_path / "acme-notes.key"
    write_private_key(path, key, KeyFormat.SPARKLE, replace=False)
    return path


@pytest.fixture
def public_text(key: PrivateKey) -> str:
    return key.public_key.base64


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "Acme-Notes-2.0.dmg"
    path.write_bytes(bytes(range(256)) * 400)
    return path


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be one that is mapped in a process of its own."""
    monkeypatch.setattr("ota_dev.signing.small_files.LARGEST", -1)


@pytest.fixture
def openssl(tmp_path: Path) -> OpenSsl:
    def run(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["openssl", *arguments], cwd=tmp_path, capture_output=True, check=check)

    return run

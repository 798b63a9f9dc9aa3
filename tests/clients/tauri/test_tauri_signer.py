"""What Tauri's own signer leaves beside installers, served as it is."""

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from ota_dev.dev_server import DevServer

LIMIT = 30  # seconds
Sign = Callable[[Path], Path]


@pytest.fixture
def public_key(tmp_path: Path) -> Path:
    """Name the file that the signer's public key is in once there is one."""
    return tmp_path / "tauri.key.pub"


@pytest.fixture
def sign(tauri: list[str], public_key: Path) -> Sign:
    """Sign an installer as `tauri build` does, and give the `.sig` file."""
    key = public_key.with_suffix("")

    def run(*arguments: str) -> None:
        command = [*tauri, "signer", *arguments, "--password", ""]
        ran = subprocess.run(command, cwd=key.parent, capture_output=True, check=False, timeout=LIMIT)
        assert ran.returncode == 0, ran.stderr.decode()

    def sign_file(installer: Path) -> Path:
        run("sign", "--private-key-path", str(key), str(installer))
        return installer.with_name(f"{installer.name}.sig")

    run("generate", "--ci", "--write-keys", str(key))
    return sign_file


def test_a_signature_of_tauris_signer_is_served_as_it_is_and_fits_the_download(
    dist: Path, tmp_path: Path, sign: Sign, public_key: Path
) -> None:
    installer = dist / "Acme-Notes_1.1.0_amd64.AppImage"
    installer.write_bytes(b"an installer")
    signature = sign(installer).read_text()

    with DevServer(dist) as server:
        with urlopen(f"{server.url}/tauri/linux/x86_64/1.0.0") as response:  # noqa: S310  # our own server
            update = json.load(response)
        with urlopen(update["url"]) as response:  # noqa: S310  # as above
            (tmp_path / "downloaded").write_bytes(response.read())

    assert update["signature"] == signature
    (tmp_path / "it.minisig").write_bytes(base64.b64decode(update["signature"]))
    (tmp_path / "it.pub").write_bytes(base64.b64decode(public_key.read_text()))
    judge = ["minisign", "-V", "-p", "it.pub", "-x", "it.minisig", "-m", "downloaded"]
    assert subprocess.run(judge, cwd=tmp_path, capture_output=True, check=False).returncode == 0

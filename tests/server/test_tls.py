import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from ssl import create_default_context

import pytest

from ota_dev.errors import ServerError
from ota_dev.publishing import PublishedFile
from ota_dev.server.tls import server_context

MakePair = Callable[[Path, str], tuple[Path, Path]]


def test_installers_are_served_over_https(
    pair: tuple[Path, Path], put: Callable[..., PublishedFile], serve: Callable[..., int]
) -> None:
    content = bytes(range(256)) * 20_000
    put("Acme.dmg", content)
    port = serve(tls=server_context(*pair))
    trusting = create_default_context(cafile=str(pair[0]))

    with urllib.request.urlopen(f"https://127.0.0.1:{port}/appcast.xml", context=trusting) as response:
        feed = response.read()
    with urllib.request.urlopen(f"https://127.0.0.1:{port}/downloads/Acme.dmg", context=trusting) as response:
        downloaded = response.read()

    assert f"https://127.0.0.1:{port}/downloads/Acme.dmg".encode() in feed
    assert downloaded == content


def test_a_missing_file_is_named_with_its_option(pair: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"nothing\.pem of --tls-cert"):
        server_context(tmp_path / "nothing.pem", pair[1])
    with pytest.raises(ServerError, match=r"nothing\.key of --tls-key"):
        server_context(pair[0], tmp_path / "nothing.key")


def test_a_key_of_another_certificate_is_said(pair: tuple[Path, Path], make_pair: MakePair, tmp_path: Path) -> None:
    _, other_key = make_pair(tmp_path, "other")

    with pytest.raises(ServerError, match="is not the key of"):
        server_context(pair[0], other_key)


def test_a_file_that_is_no_pem_is_said(pair: tuple[Path, Path], tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_bytes(b"\x00\x01 nonsense")

    with pytest.raises(ServerError, match="not a PEM certificate"):
        server_context(nonsense, pair[1])
    with pytest.raises(ServerError, match="not a PEM certificate"):
        server_context(pair[0], nonsense)


def test_an_encrypted_key_is_refused_without_asking_for_its_password(pair: tuple[Path, Path], tmp_path: Path) -> None:
    encrypted = tmp_path / "encrypted.key"
    command = ["openssl", "pkey", "-in", str(pair[1]), "-aes256", "-passout", "pass:secret", "-out", str(encrypted)]
    subprocess.run(command, check=True, capture_output=True)

    with pytest.raises(ServerError, match="is encrypted"):
        server_context(pair[0], encrypted)

import re
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from ssl import create_default_context

import pytest

from ota_dev.errors import ServerError
from ota_dev.publishing import PublishedFile
from ota_dev.server.application import Application
from ota_dev.server.in_force import Conditions
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


@pytest.fixture
def curl(
    pair: tuple[Path, Path],
    put: Callable[..., PublishedFile],
    application: Callable[..., Application],
    serve: Callable[..., int],
) -> Callable[..., tuple[int, bytes]]:
    """Ask an https server that leads to http, and give exit code and body: `curl("appcast.xml", "--location")`."""
    put("Acme.dmg", b"an installer")
    tls = server_context(*pair)
    port = serve(tls=tls, answer=application(conditions=Conditions(has_tls=True)).answer)

    def ask(path: str, *options: str, url: str = "") -> tuple[int, bytes]:
        command = ["curl", "--silent", "--noproxy", "*", "--max-time", "10", "--cacert", str(pair[0]), *options]
        url = url or f"https://127.0.0.1:{port}/with/redirect:downgrade=true/{path}"
        done = subprocess.run([*command, url], capture_output=True, check=False)
        return done.returncode, done.stdout

    return ask


def test_who_follows_a_downgrade_gets_the_installer_by_http(curl: Callable[..., tuple[int, bytes]]) -> None:
    code, body = curl("downloads/Acme.dmg", "--location", "--write-out", " from %{url_effective}")

    assert code == 0
    assert body.startswith(b"an installer from http://127.0.0.1:")


def test_the_links_of_a_feed_that_came_by_http_are_answered(curl: Callable[..., tuple[int, bytes]]) -> None:
    _, feed = curl("appcast.xml", "--location")
    [link] = re.findall(rb"http://\S+/Acme.dmg", feed)

    assert curl("", "--location", url=link.decode()) == (0, b"an installer")


def test_who_refuses_a_downgrade_gets_nothing(curl: Callable[..., tuple[int, bytes]]) -> None:
    code, body = curl("downloads/Acme.dmg", "--location", "--proto-redir", "=https")

    assert code == 1  # curl's "unsupported protocol"
    assert b"an installer" not in body


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

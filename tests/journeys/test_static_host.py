"""A tree that nginx serves answers as `ota-dev serve` does, and has what hand-written clients ask for."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from ota_dev.signing import KeyFormat, PrivateKey, write_private_key
from tests.journeys.serving import Serving

LIMIT = 10  # seconds; far more than anything here takes
BASE = "https://updates.acme.example"
MakeZip = Callable[..., bytes]
Get = Callable[[str], requests.Response]
ServeFiles = Callable[[Path], str]
DOCUMENT = Path(__file__).parents[2] / "docs" / "how-to" / "static-hosting.md"

NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


@pytest.fixture
def get() -> Iterator[Get]:
    """Get an address over one connection, whatever its status."""
    with requests.Session() as session:
        session.trust_env = False
        yield lambda url: session.get(url, timeout=LIMIT)


@pytest.fixture
def serve_files(tmp_path: Path, wait_until: Callable[[Callable[[], object]], None]) -> Iterator[ServeFiles]:
    """Serve a folder with nginx, set up as our documentation says; gives the address of its root."""
    with ExitStack() as stack:

        def start(root: Path) -> str:
            port = free_port()
            configuration = tmp_path / "nginx.conf"
            # Otherwise root's workers become another user, who may not read the folder.
            user = f"user {tmp_path.owner()};" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
            configuration.write_text(NGINX.format(user=user, folder=tmp_path, server=documented_server(root, port)))
            program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
            command = [program, "-p", str(tmp_path), "-c", str(configuration), "-e", str(tmp_path / "error.log")]
            process = stack.enter_context(subprocess.Popen(command))
            stack.callback(process.terminate)
            wait_until(lambda: listens(port) or process.poll() is not None)
            return f"http://127.0.0.1:{port}"

        yield start


def documented_server(root: Path, port: int) -> str:
    match = re.search(r"<!-- runs: nginx -->\n```nginx\n(.+?)\n```", DOCUMENT.read_text(), re.DOTALL)
    assert match
    return match[1].replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/updates", str(root))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def installers(dist: Path, mac_zip: MakeZip, tmp_path: Path) -> Path:
    """Put into the folder what makes its feeds differ: systems, a channel, and notes in two languages; and a key."""
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0", size=100_000))
    (dist / "Acme Notes 1.3.0 (x64).exe").write_bytes(b"an installer")
    (dist / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))
    (dist / "Acme-Notes-1.4.0.zip.yaml").write_text("channel: beta\n")
    (dist / "CHANGELOG.md").write_text("## 1.4.0\n- Faster\n## 1.3.0\n- New\n")
    (dist / "CHANGELOG.zh-CN.md").write_text("## 1.3.0\n- \u65b0\n", encoding="utf-8")
    write_private_key(tmp_path / "acme.key", PrivateKey.generate(), KeyFormat.SPARKLE, replace=False)
    return dist


def generate(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "ota_dev", "generate-appcast", *arguments], cwd=folder, check=True, timeout=30
    )


@pytest.mark.parametrize("place", ["embed", "link"])
def test_every_address_of_the_tree_answers_as_the_live_server_does(
    installers: Path, place: str, serve: Callable[..., Serving], serve_files: ServeFiles, get: Get
) -> None:
    options = ["--base-url", BASE, "--notes", place, "--key", "acme.key"]
    generate(installers.parent, "--tree", "site", *options, "--tree-channel", "stable", "--tree-language", "pt-BR")
    tree = installers.parent / "site"
    paths = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    static, live = serve_files(tree), serve(*options).url()

    paths.remove(".ota-dev-tree.json")
    for path in map(quote, paths):
        from_nginx, from_us = get(f"{static}/{path}"), get(f"{live}/{path}")
        assert (from_nginx.status_code, from_us.status_code) == (200, 200), path
        assert from_nginx.content == from_us.content, path
        if not path.startswith("downloads/"):
            assert from_nginx.headers["Content-Type"] == from_us.headers["Content-Type"]

    assert len({get(f"{static}/{path}").content for path in paths if path.endswith(".xml")}) > 10
    for file in (path for path in installers.iterdir() if path.suffix in (".zip", ".exe")):
        assert get(f"{static}/downloads/{quote(file.name)}").content == file.read_bytes()
    assert get(f"{static}/.ota-dev-tree.json").status_code == 404


@pytest.mark.parametrize(("prefix", "channel"), [("dev", "dev"), ("staging", "stable"), ("production", "stable")])
@pytest.mark.usefixtures("installers")
def test_a_hand_written_client_finds_all_that_it_asks_for(
    tmp_path: Path, prefix: str, channel: str, serve_files: ServeFiles, get: Get
) -> None:
    options = ["--base-url", f"{BASE}/{prefix}", "--tree-channel", channel, "--tree-language", "zh-CN"]

    generate(tmp_path, "--tree", f"www/{prefix}", *options)

    static = serve_files(tmp_path / "www")
    for target, language in product(
        ("macos-aarch64", "macos-amd64", "windows-aarch64", "windows-amd64"), ("", ".zh-CN")
    ):
        answer = get(f"{static}/{prefix}/channels/{channel}/appcast-{target}{language}.xml")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
        urls = re.findall(r'url="([^"]+)"', answer.text)
        assert len(urls) == (0 if target == "windows-aarch64" else 1)
        assert all(get(url.replace(BASE, static)).status_code == 200 for url in urls)

"""The servers that are measured, each on a free loopback port: ota-dev, Debian's nginx, and the original in Flask."""

import http.client
import os
import pwd
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import find_program, started, wait_until_idle

__all__ = ["SERVERS", "RunningServer", "nginx", "original", "ota_dev"]

_PATIENCE = 60.0  # seconds; a folder of 10,000 new installers takes a while to be read

_NGINX = """
daemon off;
{user}
worker_processes auto;
pid {temporary}/pid;
error_log {temporary}/error.log;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    types {{ application/xml xml; }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {temporary}/body;
    proxy_temp_path {temporary}/proxy;
    fastcgi_temp_path {temporary}/fastcgi;
    uwsgi_temp_path {temporary}/uwsgi;
    scgi_temp_path {temporary}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=511;
        location = /appcast.xml {{ alias {feed}; }}
        location /downloads/ {{ alias {folder}/; }}
    }}
}}
"""


@dataclass(frozen=True, kw_only=True)
class RunningServer:
    """A server that answers."""

    pid: int
    port: int

    def url(self, path: str) -> str:
        """Give the address of *path* on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def connect(self) -> http.client.HTTPConnection:
        """Give a connection that is not opened yet."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)

    def get(self, path: str) -> bytes:
        """Give what the server answers to a GET on a connection of its own."""
        connection = self.connect()
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{self.url(path)} answers {response.status}")
        return body


@contextmanager
def ota_dev(folder: Path) -> Iterator[RunningServer]:
    """Serve *folder* with `ota-dev serve`."""
    with TemporaryDirectory() as cache:
        port = _free_port()
        command = [sys.executable, "-m", "ota_dev", "serve", "-q", "--dir", str(folder), "--port", str(port)]
        with _answering(command, port, {"OTA_DEV_CACHE_DIR": cache}) as server:
            yield server


@contextmanager
def nginx(folder: Path) -> Iterator[RunningServer]:
    """Serve *folder*, and its appcast as a static file, with Debian's nginx and `sendfile`."""
    with TemporaryDirectory() as temporary:
        port, feed, configuration = _free_port(), Path(temporary, "appcast.xml"), Path(temporary, "nginx.conf")
        write_feed = [sys.executable, "-m", "ota_dev", "generate-appcast", "-q", "--dir", str(folder), "-o", str(feed)]
        subprocess.run([*write_feed, "--base-url", f"http://127.0.0.1:{port}/downloads"], check=True)
        # Otherwise root's workers become another user, who may not read the temporary folder.
        user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
        configuration.write_text(_NGINX.format(temporary=temporary, user=user, port=port, feed=feed, folder=folder))
        command = [find_program("nginx") or "nginx", "-p", temporary, "-c", str(configuration)]
        with _answering([*command, "-e", f"{temporary}/error.log"], port) as server:
            yield server


@contextmanager
def original(folder: Path) -> Iterator[RunningServer]:
    """Serve *folder* with the Flask server that ota-dev grew out of."""
    port = _free_port()
    with _answering([sys.executable, "-m", "benchmarks.original_server", str(folder), str(port)], port) as server:
        yield server


SERVERS: dict[str, Callable[[Path], AbstractContextManager[RunningServer]]] = {
    "ota-dev": ota_dev,
    "nginx": nginx,
    "the original (Flask, Werkzeug)": original,
}


@contextmanager
def _answering(command: Sequence[str], port: int, environment: dict[str, str] | None = None) -> Iterator[RunningServer]:
    """Start a server, and wait until it answers for its feed and has nothing else left to do."""
    with started(command, environment) as process:
        server = RunningServer(pid=process.pid, port=port)
        end = time.monotonic() + _PATIENCE
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{command[0]} does not listen on port {port}")
            time.sleep(0.02)
        server.get("/appcast.xml")
        wait_until_idle(process.pid)
        yield server


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

"""The server over a real port, asked by real clients and by raw sockets."""

import asyncio
import errno
import hashlib
import queue
import re
import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
import requests

from ota_dev.errors import ConfigurationError, ServerError
from ota_dev.journal import Exchange, Outcome
from ota_dev.operating_system import read_at
from ota_dev.publishing import PublishedFile
from ota_dev.server import transfer
from ota_dev.server.adapter import HttpServer
from ota_dev.server.downloads import answer_download
from ota_dev.server.limits import Limits
from ota_dev.server.messages import Request, Response

Put = Callable[..., PublishedFile]
Serve = Callable[..., int]
Exchanges = queue.Queue[Exchange]

LARGE = 64 * 1024 * 1024  # more than the buffers between a server and a client hold
GET = b"GET /downloads/Acme.dmg HTTP/1.1\r\nHost: localhost\r\n\r\n"


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def exchange_bytes(port: int, sent: bytes) -> bytes:
    """Send *sent* and give everything that comes until the server closes."""
    with connect(port) as connection:
        connection.sendall(sent)
        return read_to_end(connection)


def read_to_end(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(1 << 20):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def put_large(put: Put) -> PublishedFile:
    pattern = hashlib.sha256(b"Acme").digest() * (1024 * 1024 // 32)
    return put("Acme.dmg", b"".join(bytes([number]) + pattern[1:] for number in range(LARGE // len(pattern))))


def test_from_folder_to_feed_to_download_to_the_same_digest(put: Put, serve: Serve, exchanges: Exchanges) -> None:
    content = bytes(range(256)) * 4000
    put("Acme Notes-1.3.0.dmg", content, version="1.3.0")
    base = f"http://127.0.0.1:{serve()}"

    with requests.Session() as session:
        feed = session.get(f"{base}/appcast.xml", headers={"User-Agent": "Acme/1.2.0 Sparkle/2.9"}, timeout=20)
        link = next(line.partition(" ")[2] for line in feed.text.splitlines() if "/downloads/" in line)
        download = session.get(link, timeout=20)

    assert hashlib.sha256(download.content).digest() == hashlib.sha256(content).digest()
    asked, fetched = exchanges.get(timeout=10), exchanges.get(timeout=10)
    assert (asked.target, asked.status, asked.offered) == ("/appcast.xml", 200, "offered 1.3.0 to 1.2.0")
    assert (asked.client.family, asked.client.version) == ("Sparkle", "1.2.0")
    assert (fetched.target, fetched.sent, fetched.expected) == (
        "/downloads/Acme%20Notes-1.3.0.dmg",
        len(content),
        len(content),
    )
    assert (fetched.outcome, fetched.completion, fetched.peer) == (Outcome.COMPLETED, 1.0, "127.0.0.1")


@pytest.mark.parametrize("version", ["--http1.0", "--http1.1"])
def test_curl_downloads_and_resumes(put: Put, serve: Serve, tmp_path: Path, version: str) -> None:
    content = bytes(range(256)) * 4000
    put("Acme.dmg", content)
    url = f"http://localhost:{serve()}/downloads/Acme.dmg"
    target = tmp_path / "downloaded"
    target.write_bytes(content[:300_000])

    subprocess.run(["curl", "-sS", "--fail", version, "-C", "-", "-o", target, url], check=True)

    assert target.read_bytes() == content


def test_curl_gets_several_ranges(put: Put, serve: Serve) -> None:
    put("Acme.dmg", b"0123456789" * 10)
    command = ["curl", "-sS", "-i", "-r", "50-53,0-2", f"http://127.0.0.1:{serve()}/downloads/Acme.dmg"]

    answer = subprocess.run(command, check=True, capture_output=True).stdout

    length = re.search(rb"Content-Length: (\d+)", answer)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 206")
    assert length is not None
    assert int(length[1]) == len(body)
    assert re.findall(rb"bytes (\S+)\r\n\r\n(\d+)\r\n", body) == [(b"50-53/100", b"0123"), (b"0-2/100", b"012")]


def test_a_thousand_ranges_in_one_request_are_answered(put: Put, serve: Serve) -> None:
    content = bytes(range(256)) * 1000
    put("Acme.dmg", content)
    ranges = ",".join(f"{100_000 + first * 100}-{100_000 + first * 100 + 49}" for first in range(1500))

    answer = requests.get(
        f"http://127.0.0.1:{serve()}/downloads/Acme.dmg", headers={"Range": f"bytes={ranges}"}, timeout=20
    )

    parts = re.findall(rb"Content-Range: bytes (\d+)-\d+/256000\r\n\r\n(.{50})", answer.content, re.DOTALL)
    assert answer.status_code == 206
    assert len(parts) == 1500
    assert all(part == content[int(first) :][:50] for first, part in parts)


def test_an_answer_says_what_serves_it_and_when(put: Put, serve: Serve) -> None:
    put("Acme.dmg")

    headers = requests.get(f"http://127.0.0.1:{serve()}/downloads/Acme.dmg", timeout=20).headers

    assert re.fullmatch(r"ota-dev/[0-9.]+", headers["Server"])
    assert headers["Date"].endswith(" GMT")
    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_connection_is_kept_for_the_next_request_and_closed_when_asked(put: Put, serve: Serve) -> None:
    put("Acme.dmg", b"the build")
    last = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")

    answers = exchange_bytes(serve(), GET + GET + last)

    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.count(b"the build") == 3
    assert answers.count(b"Connection: close") == 1


def test_head_sends_no_body_and_the_connection_goes_on(put: Put, serve: Serve) -> None:
    put("Acme.dmg", b"the build")
    last = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")

    answers = exchange_bytes(serve(), GET.replace(b"GET", b"HEAD") + last)

    assert answers.count(b"Content-Length: 9\r\n") == 2
    assert answers.count(b"the build") == 1


def test_a_client_that_has_said_all_still_gets_its_answer(put: Put, serve: Serve) -> None:
    put("Acme.dmg", b"the build")

    with connect(serve()) as connection:
        connection.sendall(GET)
        connection.shutdown(socket.SHUT_WR)

        assert read_to_end(connection).endswith(b"the build")


def test_http_1_0_without_a_host_is_answered_with_usable_links(put: Put, serve: Serve) -> None:
    put("Acme.dmg")
    port = serve()

    answer = exchange_bytes(port, b"GET /appcast.xml HTTP/1.0\r\n\r\n")

    assert b" 200 OK" in answer
    assert f"http://127.0.0.1:{port}/downloads/Acme.dmg".encode() in answer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", b"400", id="no host"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", b"400", id="two hosts"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"403", id="a foreign host"),
        pytest.param(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"403", id="a foreign target"),
        pytest.param(b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", b"404", id="a climbing path"),
        pytest.param(b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400", id="broken percent-encoding"),
        pytest.param(b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400", id="raw bytes"),
        pytest.param(b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", b"405", id="the server as a whole"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", b"405", id="another method"),
        pytest.param(b"<script>alert(1)</script>\r\n\r\n", b"400", id="no http"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400", id="tls to a plain port"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: localhost\r\n<script>: x\r\n\r\n", b"400", id="a header that is none"),
        pytest.param(b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400", id="a long line"),
        pytest.param(
            b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 500 + b"\r\n", b"400", id="many header fields"
        ),
    ],
)
def test_a_bad_request_is_refused_and_recorded_without_an_echo(
    serve: Serve, exchanges: Exchanges, head: bytes, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    port = serve()
    with connect(port) as connection:
        connection.sendall(head)
        connection.shutdown(socket.SHUT_WR)
        answer = read_to_end(connection)

    assert answer.split(b" ")[1] == status
    assert b"text/plain" in answer
    assert b"script" not in answer
    assert b"Traceback" not in answer
    assert exchanges.get(timeout=10).status == int(status)
    assert not [record for record in caplog.records if record.name.startswith(("aiohttp", "asyncio"))]


def test_a_request_head_of_endless_size_is_cut(serve: Serve, exchanges: Exchanges) -> None:
    port = serve(limits=Limits(request_head=20_000))
    with connect(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        # The server answers nothing more; whether sending fails is up to the system.
        with suppress(OSError):
            connection.sendall(b"X: %s\r\n" % (b"y" * 1000) * 50)

        assert read_to_end(connection) == b""
    assert exchanges.get(timeout=10).status == 431


def test_a_head_that_never_ends_is_cut_after_a_while(serve: Serve) -> None:
    port = serve(limits=Limits(idle_time=0.2))

    with connect(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")

        assert read_to_end(connection) == b""


def test_a_connection_that_stays_idle_is_closed(serve: Serve) -> None:
    answer = exchange_bytes(serve(limits=Limits(idle_time=0.2)), b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 200")


def test_beyond_the_most_connections_a_further_one_is_closed(serve: Serve) -> None:
    port = serve(limits=Limits(connections=1))
    with connect(port) as first:
        first.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert first.recv(100).startswith(b"HTTP/1.1 200")

        assert exchange_bytes(port, b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n") == b""


def test_a_body_of_a_get_is_dropped_and_a_large_one_refused(serve: Serve, exchanges: Exchanges) -> None:
    port = serve(limits=Limits(body_time=0.1))
    small = b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
    large = b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n"

    answers = exchange_bytes(port, small + large)

    assert [exchanges.get(timeout=10).status for _ in range(2)] == [200, 413]
    assert answers.count(b"HTTP/1.1 ") == 2


def test_a_client_that_goes_away_is_recorded_with_what_was_sent(
    put: Put, serve: Serve, exchanges: Exchanges, caplog: pytest.LogCaptureFixture
) -> None:
    put_large(put)
    port = serve()

    with connect(port) as connection:
        connection.sendall(GET)
        connection.recv(100_000)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    exchange = exchanges.get(timeout=10)
    assert (exchange.outcome, exchange.note) == (Outcome.ABORTED, "the client went away")
    assert 0 < exchange.sent < exchange.expected == LARGE
    assert 0 < exchange.completion < 1
    assert not caplog.records


def test_a_client_that_takes_nothing_is_cut_after_a_while(put: Put, serve: Serve, exchanges: Exchanges) -> None:
    put_large(put)
    port = serve(limits=Limits(stalled_time=0.1))

    with connect(port) as connection:
        connection.sendall(GET)
        exchange = exchanges.get(timeout=10)

    assert (exchange.outcome, exchange.note) == (Outcome.ABORTED, "the client took nothing any more")


@pytest.mark.parametrize("disturb", [Path.unlink, lambda path: shutil.copy(__file__, f"{path}.new")])
def test_a_download_is_finished_although_the_file_is_deleted_or_replaced(
    put: Put, serve: Serve, disturb: Callable[[Path], object], exchanges: Exchanges
) -> None:
    published = put_large(put)
    content = published.path.read_bytes()
    port = serve()

    with connect(port) as connection:
        connection.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        start = connection.recv(100_000)
        disturb(published.path)
        if (new := Path(f"{published.path}.new")).exists():
            new.replace(published.path)
        answer = start + read_to_end(connection)

    assert answer.partition(b"\r\n\r\n")[2] == content
    assert exchanges.get(timeout=10).outcome is Outcome.COMPLETED


def test_a_download_whose_bytes_change_in_place_is_cut(put: Put, serve: Serve, exchanges: Exchanges) -> None:
    published = put_large(put)
    content = published.path.read_bytes()
    port = serve()

    with connect(port) as connection:
        connection.sendall(GET)
        start = connection.recv(100_000)
        with published.path.open("r+b") as file:
            file.seek(LARGE // 2)
            file.write(b"another build")
        body = (start + read_to_end(connection)).partition(b"\r\n\r\n")[2]

    exchange = exchanges.get(timeout=10)
    assert (exchange.outcome, exchange.note) == (Outcome.ABORTED, "the file changed while it was sent")
    assert len(body) < LARGE
    assert content.startswith(body)


def test_a_slow_disk_does_not_hold_up_the_feed(
    put: Put, serve: Serve, exchanges: Exchanges, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"the build" * 20_000
    put("Acme.dmg", content)
    port, is_read = serve(), threading.Event()

    def read_slowly(descriptor: int, size: int, position: int) -> bytes:
        is_read.wait(20)
        return read_at(descriptor, size, position)

    monkeypatch.setattr(transfer, "read_cached", lambda *_: None)
    monkeypatch.setattr(transfer, "read_at", read_slowly)
    with connect(port) as connection:
        connection.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        feed = requests.get(f"http://127.0.0.1:{port}/appcast.xml", timeout=20)
        first = exchanges.get(timeout=10)
        is_read.set()
        downloaded = read_to_end(connection).partition(b"\r\n\r\n")[2]

    assert feed.status_code == 200
    assert first.target == "/appcast.xml"
    assert downloaded == content


def test_a_disk_that_fails_cuts_the_download(
    put: Put, serve: Serve, exchanges: Exchanges, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("Acme.dmg", b"the build" * 20_000)

    def fail_to_read(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(transfer, "read_cached", fail_to_read)

    exchange_bytes(serve(), GET)

    exchange = exchanges.get(timeout=10)
    assert (exchange.outcome, exchange.note) == (Outcome.ABORTED, "the file could not be read: Input/output error")


async def fail(_: Request) -> Response:
    raise KeyError("\x1b[2Jsecret")


async def explain(_: Request) -> Response:
    raise ConfigurationError("my.xml line 3: there is no variable colour; see the documentation of templates")


def test_a_failure_is_answered_and_recorded_and_hides_its_traceback(serve: Serve, exchanges: Exchanges) -> None:
    answer = requests.get(f"http://127.0.0.1:{serve(answer=fail)}/", timeout=20)

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "secret" not in answer.text
    assert "--debug" in answer.text
    assert r"\x1b[2Jsecret" in exchanges.get(timeout=10).note.replace("\\\\", "\\")


def test_with_debug_the_answer_shows_the_traceback(serve: Serve) -> None:
    answer = requests.get(f"http://127.0.0.1:{serve(answer=fail, debug=True)}/", timeout=20)

    assert "Traceback" in answer.text


def test_a_failure_that_ota_dev_explains_is_answered_with_its_sentence(serve: Serve, exchanges: Exchanges) -> None:
    answer = requests.get(f"http://127.0.0.1:{serve(answer=explain)}/", timeout=20)

    assert answer.status_code == 500
    assert answer.text.startswith("my.xml line 3: there is no variable colour")
    assert exchanges.get(timeout=10).note.startswith("my.xml line 3")


def test_what_a_client_sends_is_recorded_without_control_characters(serve: Serve, exchanges: Exchanges) -> None:
    agent = "Acme\u202e/1.0\u009b2J Sparkle/2.9"
    head = f"GET /health HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\nConnection: close\r\n\r\n"

    exchange_bytes(serve(), head.encode())

    client = exchanges.get(timeout=10).client
    assert (client.app, client.version) == (r"Acme\u202e", r"1.0\x9b2J")


def test_a_recorder_that_raises_does_not_matter() -> None:
    async def answer(_: Request) -> Response:
        return Response.plain(200, "Fine.")

    def refuse(_: Exchange) -> None:
        raise RuntimeError

    async def scenario() -> bytes:
        async with HttpServer(answer, "127.0.0.1", 0, record=refuse) as server:
            return await asyncio.to_thread(
                exchange_bytes, server.port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )

    assert asyncio.run(scenario()).endswith(b"Fine.\n")


def test_stopping_cuts_what_is_under_way_soon_and_frees_the_port(put: Put) -> None:
    published, recorded = put_large(put), queue.Queue[Exchange]()

    async def answer(request: Request) -> Response:
        return answer_download(request, "Acme.dmg", published)

    async def scenario() -> tuple[float, int]:
        async with HttpServer(answer, "127.0.0.1", 0, record=recorded.put, limits=Limits(stopping_time=0.2)) as server:
            idle, busy = await asyncio.to_thread(connect, server.port), await asyncio.to_thread(connect, server.port)
            busy.sendall(GET)
            await asyncio.to_thread(busy.recv, 1000)
            start = monotonic()
        took = monotonic() - start
        for connection in (idle, busy):
            connection.close()
        return took, server.port

    took, port = asyncio.run(scenario())

    assert took < 5
    assert (recorded.get(timeout=1).note) == "the server stopped"
    socket.create_server(("127.0.0.1", port)).close()


def test_a_port_in_use_is_an_error_that_names_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        server = HttpServer(fail, "127.0.0.1", other.getsockname()[1])

        with pytest.raises(ServerError, match="choose another with --port"):
            asyncio.run(server.start())

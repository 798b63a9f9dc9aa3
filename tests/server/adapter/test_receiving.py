"""Bodies of requests: read whole for the control API, and bounded in size and time."""

import queue
import socket
from collections.abc import Callable

import pytest

from ota_dev.server.limits import Limits
from ota_dev.server.messages import Request, Response

LIMIT = 10  # seconds; far more than anything here takes
HEAD = b"POST /_ota/echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


async def echo(request: Request) -> Response:
    return Response(status=200, body=b"<" + request.body + b">")


@pytest.fixture
def send(serve: Callable[..., int]) -> Callable[[bytes], bytes]:
    """Send bytes to a server that answers with the body it got, and give the answer."""
    port = serve(answer=echo, limits=Limits(request_body=100, body_time=0.2))

    def send_all(sent: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", port), LIMIT) as client:
            client.sendall(sent)
            return b"".join(iter(lambda: client.recv(10_000), b""))

    return send_all


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(HEAD + b"Content-Length: 5\r\n\r\nhello", id="of a known length"),
        pytest.param(CHUNKED + b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", id="in chunks"),
    ],
)
def test_a_body_is_read_whole(send: Callable[[bytes], bytes], sent: bytes) -> None:
    assert send(sent).endswith(b"<hello>")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(HEAD + b"Content-Length: 101\r\n\r\n", 413, id="too large as announced"),
        pytest.param(CHUNKED + b"65\r\n" + b"x" * 101 + b"\r\n0\r\n\r\n", 413, id="too large in chunks"),
        pytest.param(HEAD + b"Content-Length: 5\r\n\r\nhel", 408, id="it never ends"),
        pytest.param(CHUNKED + b"zz\r\n", 400, id="no chunks"),
    ],
)
def test_a_body_that_cannot_be_had_is_refused(send: Callable[[bytes], bytes], sent: bytes, status: int) -> None:
    assert int(send(sent).split()[1]) == status


def test_elsewhere_a_body_is_not_read(send: Callable[[bytes], bytes]) -> None:
    assert send(HEAD.replace(b"/_ota/", b"/") + b"Content-Length: 5\r\n\r\nhello").endswith(b"<>")


def test_what_is_for_the_control_api_is_not_recorded(
    send: Callable[[bytes], bytes], exchanges: queue.Queue[object]
) -> None:
    send(HEAD + b"Content-Length: 5\r\n\r\nhello")
    send(HEAD.replace(b"/_ota/", b"/") + b"\r\n")

    assert "target='/echo'" in repr(exchanges.get(timeout=LIMIT))
    assert exchanges.empty()

"""Telling a real server what to do, over a real port."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ota_dev.control_client import ControlClient, InForce
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.errors import ControlError, NoServerError, RefusedTokenError, UsageError
from ota_dev.simulated_client.fetching import Limits


@pytest.fixture
def server(dist: Path) -> Iterator[DevServer]:
    with DevServer(ServerSettings(folder=dist, port=0, seed=5)) as running:
        yield running


@pytest.fixture
def client(server: DevServer) -> ControlClient:
    return ControlClient(server.url, server.token)


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Answer one request with these bytes; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(10)


def test_what_is_chosen_takes_the_place_of_all_that_was(client: ControlClient, server: DevServer) -> None:
    client.choose(scenarios=["no-update"], faults=["latency"])

    chosen = client.choose(scenarios=["critical", "phased:interval=2d"], faults=["latency"], seed=9)

    assert chosen == InForce(scenarios=("critical", "phased:interval=2d"), faults=("latency",), seed=9)
    assert client.in_force() == chosen
    assert server.conditions.current.names == chosen.scenarios


def test_nothing_chosen_is_normal(client: ControlClient, server: DevServer) -> None:
    client.choose(scenarios=["no-update"], faults=["latency"])

    assert client.choose(scenarios=["normal"]) == InForce(scenarios=(), faults=(), seed=5)
    assert not server.conditions.current


@pytest.mark.parametrize(
    ("scenarios", "faults", "sentence"),
    [
        (["wrong-key"], [], "--sign or --key FILE"),
        (["nonsense"], [], "no such scenario"),
        (["critical"], ["nonsense"], "no such"),
        (["critical"], ["latency:nonsense=1"], "nonsense"),
    ],
)
def test_what_the_server_cannot_use_changes_nothing(
    client: ControlClient, scenarios: list[str], faults: list[str], sentence: str
) -> None:
    before = client.choose(scenarios=["no-update"], faults=["latency"])

    with pytest.raises(UsageError, match=sentence):
        client.choose(scenarios=scenarios, faults=faults)

    assert client.in_force() == before


def test_another_token_is_refused(server: DevServer) -> None:
    with pytest.raises(RefusedTokenError, match="refuses the token"):
        ControlClient(server.url, "another").in_force()


def test_where_nobody_listens_there_is_no_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"

    with pytest.raises(NoServerError, match="no ota-dev serve is at"):
        ControlClient(url, "token").in_force()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"220 mail.example.com ESMTP\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 302 Found\r\nLocation: http://updates.example.com/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"[" * 300_000,
    ],
    ids=["nothing", "no HTTP", "no JSON", "no answer", "not found", "a redirect", "too much"],
)
def test_something_else_that_answers_is_no_server(answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(NoServerError):
        ControlClient(url, "token").in_force()


def test_a_server_that_does_not_answer_is_not_taken_for_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ota_dev.control_client.client._LIMITS",
        Limits(size=100, seconds=1, silence=1),
    )
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(ControlError, match="does not answer") as caught,
    ):
        ControlClient(f"http://127.0.0.1:{silent.getsockname()[1]}", "token").in_force()

    assert type(caught.value) is ControlError


@pytest.mark.parametrize(
    "url",
    ["nonsense", "ftp://127.0.0.1:80", "http://", "http://127.0.0.1:8080/appcast.xml", "http://[::1", "http://a:0"],
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="not the address of a server"):
        ControlClient(url, "token")


@pytest.mark.parametrize("token", ["", "a\r\nb", "tökén"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    with pytest.raises(UsageError, match="token"):
        ControlClient("http://127.0.0.1:8080", token)

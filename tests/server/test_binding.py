import errno
import socket

import pytest

from ota_dev.errors import ServerError
from ota_dev.server.binding import listen


def test_port_0_picks_a_free_port() -> None:
    (opened,) = listen("127.0.0.1", 0)

    with opened:
        assert opened.getsockname()[1] > 0


def test_every_address_of_a_name_listens_on_the_same_port() -> None:
    sockets = listen("localhost", 0)

    ports = {opened.getsockname()[1] for opened in sockets}
    for opened in sockets:
        opened.close()
    assert len(ports) == 1


def test_a_port_in_use_is_said_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(ServerError) as error:
            listen("127.0.0.1", port)

    assert str(error.value) == (
        f"port {port} is already in use on 127.0.0.1: "
        "stop the other program or choose another with --port (0 picks a free one)"
    )


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("192.0.2.1", 0, "192.0.2.1 is not an address of this machine"),
        ("no-such-name.invalid", 0, "'no-such-name.invalid' cannot be resolved"),
        ("a" * 100 + ".example", 0, "cannot be resolved"),
        ("127.0.0.1", 70000, "port 70000 does not exist"),
        ("127.0.0.1", -1, "port -1 does not exist"),
    ],
)
def test_an_address_that_cannot_be_listened_on_is_said(host: str, port: int, sentence: str) -> None:
    with pytest.raises(ServerError, match=sentence):
        listen(host, port)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EACCES, "reserved by the system: choose one above 1023"), (errno.ENOBUFS, "cannot be opened")],
)
def test_what_the_system_refuses_is_said(monkeypatch: pytest.MonkeyPatch, number: int, sentence: str) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise OSError(number, "refused")

    monkeypatch.setattr(socket, "create_server", refuse)

    with pytest.raises(ServerError, match=sentence):
        listen("127.0.0.1", 80)

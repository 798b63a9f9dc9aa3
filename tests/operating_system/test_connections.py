"""Ending a connection with a reset, and knowing whether its bytes have arrived."""

import socket
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from ota_dev.operating_system import bytes_in_flight, reset_when_closed
from ota_dev.operating_system.connections import bytes_in_flight_on_mac


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Give both ends of a connection over loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
    with near, far:
        yield near, far


@dataclass
class RecordingSocket:
    """What is asked of a socket of another system."""

    set_options: list[tuple[int, int, bytes]] = field(default_factory=list)

    def fileno(self) -> int:
        return -1

    def getsockopt(self, level: int, optname: int, /) -> int:
        return {(socket.SOL_SOCKET, 0x1024): 300}[level, optname]

    def setsockopt(self, level: int, optname: int, value: bytes, /) -> None:
        self.set_options.append((level, optname, value))


def test_the_other_end_of_a_connection_that_is_closed_sees_a_reset(ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends

    reset_when_closed(near)
    near.close()

    with pytest.raises(ConnectionResetError):
        far.recv(1)


@pytest.mark.parametrize(
    ("platform", "fields"), [("linux", "ii"), ("darwin", "ii"), ("win32", "HH")], ids=["linux", "macos", "windows"]
)
def test_a_reset_is_asked_for_in_the_form_of_the_system(platform: str, fields: str) -> None:
    connection = RecordingSocket()

    reset_when_closed(connection, platform)

    assert connection.set_options == [(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(fields, 1, 0))]


def test_macos_is_asked_for_the_bytes_in_flight_by_its_own_option() -> None:
    assert bytes_in_flight_on_mac(RecordingSocket()) == 300


def test_what_the_other_side_has_no_room_for_is_in_flight_until_it_reads(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    near.setblocking(False)
    written = 0
    try:
        while True:
            written += near.send(bytes(100_000))
    except BlockingIOError:
        stuck = bytes_in_flight(near)
    received = 0
    while received < written:
        received += len(far.recv(1_000_000))

    if sys.platform in ("linux", "darwin"):
        assert stuck is not None
        assert 0 < stuck < written
    else:
        assert stuck is None

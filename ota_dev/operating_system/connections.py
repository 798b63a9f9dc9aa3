"""What systems do differently with a connection: ending it with a reset, and knowing whether its bytes have arrived."""

import socket
import struct
import sys
from collections.abc import Callable
from typing import Protocol

__all__ = ["ConnectedSocket", "bytes_in_flight", "bytes_in_flight_on_mac", "reset_when_closed"]


class ConnectedSocket(Protocol):
    """The part of a socket, or of what asyncio shows of one, that is needed here."""

    def fileno(self) -> int:
        """Give the descriptor."""

    def getsockopt(self, level: int, optname: int, /) -> int:
        """Read an option."""

    def setsockopt(self, level: int, optname: int, value: bytes, /) -> None:
        """Set an option."""


def reset_when_closed(connection: ConnectedSocket, platform: str = sys.platform) -> None:
    """Let closing *connection* reset it; what is still in flight then is lost."""
    # `struct linger`, on and for no time at all: its fields are short on Windows.
    no_time = struct.pack("HH" if platform == "win32" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_time)


def bytes_in_flight(connection: ConnectedSocket) -> int | None:
    """Count the bytes written to *connection* that the other side's system has not confirmed.

    `None` means that the system cannot tell.
    """
    return _bytes_in_flight(connection)


_SO_NWRITE = 0x1024  # sys/socket.h of macOS


def bytes_in_flight_on_mac(connection: ConnectedSocket) -> int:
    """Count them by an option that only macOS has."""
    return connection.getsockopt(socket.SOL_SOCKET, _SO_NWRITE)


_bytes_in_flight: Callable[[ConnectedSocket], int | None]
if sys.platform == "linux":
    import fcntl
    import termios

    def _bytes_in_flight(connection: ConnectedSocket, /) -> int | None:
        # The same request as SIOCOUTQ: see tcp(7).
        return int.from_bytes(fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4)), sys.byteorder)
elif sys.platform == "darwin":
    _bytes_in_flight = bytes_in_flight_on_mac
else:

    def _bytes_in_flight(_: ConnectedSocket) -> int | None:
        return None

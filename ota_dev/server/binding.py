"""Listening sockets, and a sentence for each way in which there are none."""

import errno
import socket
from contextlib import ExitStack

from ota_dev.errors import ServerError

__all__ = ["listen"]

BACKLOG = 128
_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def listen(host: str, port: int) -> list[socket.socket]:
    """Open a listening socket for each address of *host*, all on one port; port 0 picks a free one.

    Raises:
        ServerError: the port is in use or not allowed, or *host* is no address of this machine.
    """
    with ExitStack() as on_failure:
        sockets: list[socket.socket] = []
        missing: OSError | None = None
        for family, address in _addresses(host, port):
            shared_port = sockets[0].getsockname()[1] if sockets else port
            try:
                opened = socket.create_server((address, shared_port), family=family, backlog=BACKLOG)
            except OSError as error:
                # `localhost` often means an IPv6 address as well, even where there is no IPv6.
                if error.errno not in _NOT_HERE:
                    raise ServerError(_explain(error, host, shared_port)) from error
                missing = error
                continue
            opened.setblocking(False)
            sockets.append(on_failure.enter_context(opened))
        if not sockets:
            raise ServerError(f"{host} is not an address of this machine: choose one that is with --host") from missing
        on_failure.pop_all()
        return sockets


def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, str]]:
    if not 0 <= port <= 65535:
        raise ServerError(f"port {port} does not exist: choose one from 0 to 65535 with --port")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ServerError(f"the name {host!r} cannot be resolved: choose an address with --host") from error
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is already in use on {host}: "
            "stop the other program or choose another with --port (0 picks a free one)"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} on {host} is reserved by the system: choose one above 1023 with --port"
    return f"port {port} on {host} cannot be opened: {error.strerror or error}"

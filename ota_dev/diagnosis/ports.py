"""Whether a server could listen on a port. Listens there for a moment, on loopback alone."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from ota_dev.control_client import read_announcements
from ota_dev.diagnosis.facts import Fact
from ota_dev.diagnosis.servers import is_answering

__all__ = ["port"]

_LOOPBACK = "127.0.0.1"


def port(number: int) -> Iterator[Fact]:
    """Say whether *number* is free; that a server of ota-dev has it is no problem."""
    name = f"{_LOOPBACK}:{number}"
    try:
        with socket.create_server((_LOOPBACK, number)):
            yield Fact(name=name, value="free")
    except OSError as error:
        reason = error.strerror or str(error)
        if _is_ours(number):
            yield Fact(name=name, value="taken by ota-dev serve")
        else:
            problem = f"port {number} cannot be used ({reason}): end who has it, or serve on another with --port"
            yield Fact(name=name, value=f"not free: {reason}", problem=problem)


def _is_ours(number: int) -> bool:
    return any(urlsplit(each.url).port == number and is_answering(each) for each in read_announcements())

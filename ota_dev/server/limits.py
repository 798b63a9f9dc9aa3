"""How much of everything one client, and all clients together, may take."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bounds on what clients send and hold; sizes in bytes, times in seconds."""

    request_line: int = 8 * 1024
    header_field: int = 64 * 1024  # electron-updater asks for a thousand ranges in one field, about 20 KiB
    header_fields: int = 100
    request_head: int = 128 * 1024  # request line and all header fields together
    request_body: int = 64 * 1024  # only the control API needs one; another is dropped if it arrives within `body_time`
    connections: int = 500  # each may hold a file open as well, and many systems allow a process 1,024 in all
    idle_time: float = 75  # from the connection, or the last answer, to the end of the next request's head
    body_time: float = 2  # to receive a body, or the rest of it after the answer; then the connection is closed
    stalled_time: float = 120  # without taking a byte: a debugger often holds the app that downloads
    stopping_time: float = 1  # for answers on their way when the server stops

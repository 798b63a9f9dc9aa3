"""The check before every route: does the client call this server by a name that is its own?

A web page can point its own domain name at a loopback address and then read what a local server answers ("DNS
rebinding"). Such a request still carries the foreign name in `Host`, so only known names are answered. Reads the name
of this machine once; opens no connection and resolves nothing.
"""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from ota_dev.errors import UsageError
from ota_dev.server.messages import Request, Response

__all__ = ["Guard", "parse_authority"]

_AUTHORITY = re.compile(
    r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9._-]{1,254}))(?::(?P<port>[0-9]{0,5}))?", re.ASCII
)
_EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, never bound here


def parse_authority(text: str) -> str | None:
    """Give the host of `host[:port]` in one spelling: lower case, no brackets, no final dot.

    `None` for anything else, such as user information, a broken address or a port beyond 65535.
    """
    match = _AUTHORITY.fullmatch(text)
    if match is None or int(match["port"] or 0) > 65535:
        return None
    if match["ipv6"]:
        try:
            return _one_spelling(match["ipv6"])
        except ValueError:
            return None
    name = match["name"].lower().removesuffix(".")
    return name if name and ".." not in name and not name.startswith(".") else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """The names and addresses this server answers to, besides loopback and the address that a client reached."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, bound_host: str = "127.0.0.1", allowed_hosts: Iterable[str] = ()) -> "Guard":
        """Allow *bound_host*, and for "every address" the machine's own name, and *allowed_hosts*.

        Raises:
            UsageError: one of *allowed_hosts* is no host name or address.
        """
        names = {_allowed_host(text) for text in allowed_hosts}
        if bound_host in _EVERY_ADDRESS:
            own = socket.gethostname().lower()
            names |= {own, f"{own.partition('.')[0]}.local"}  # the second is how macOS and zeroconf call it
        elif (bound := parse_authority(f"[{bound_host}]" if ":" in bound_host else bound_host)) is not None:
            names.add(bound)
        return cls(names=frozenset(names))

    def refusal(self, request: Request) -> Response | None:
        """Give the answer to a request that must not reach any route, `None` for every other."""
        hosts = request.headers.all("host")
        if len(hosts) > 1 or (not hosts and request.version >= (1, 1)):
            return Response.plain(400, "A request needs exactly one Host header.")
        for text in {*hosts, request.authority}:
            if text is None:
                continue
            host = parse_authority(text)
            if host is None:
                return Response.plain(400, "The Host header is not a host name with an optional port.")
            if not self._knows(host, request.local):
                sentence = f"{host} is not a name of this server; to let it answer, start it with --allowed-host {host}"
                return Response.plain(403, sentence)
        return None

    def _knows(self, host: str, local: str) -> bool:
        # The address that the client reached is one of this machine's own, whichever interfaces it has.
        if host == "localhost" or host in self.names or host == local:
            return True
        try:
            address = ip_address(host)
            return address.is_loopback or host == _one_spelling(local)
        except ValueError:
            return False


def _one_spelling(address: str) -> str:
    parsed = ip_address(address.partition("%")[0])
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)


def _allowed_host(text: str) -> str:
    host = parse_authority(text)
    if host is None and ":" in text:
        host = parse_authority(f"[{text}]")
    if host is None:
        raise UsageError(
            f"{text!r} is not a host name or address that --allowed-host can take: give it without http://"
        )
    return host

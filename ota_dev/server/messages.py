"""Requests and responses as values, between the application and the one adapter that owns sockets.

Whatever later bends a response does so by replacing values. The only effect is on the file that a body may hold open:
closing it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ota_dev.journal import Subject
from ota_dev.server.bodies import Body, FileBody, Span, StreamBody
from ota_dev.server.delivery import UNDISTURBED, Delivery
from ota_dev.server.headers import Headers
from ota_dev.server.targets import decoded_path, parameters_of, split_absolute

__all__ = ["CONTROL", "FileBody", "Headers", "Request", "Response", "Span", "StreamBody"]

CONTROL = "/_ota/"  # the addresses of the control API begin with this, and no others

_PORT = re.compile(r":[0-9]*$")
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_IDENTIFYING = ("host", "user-agent", "accept-language")  # who asks, by which name of this server, in which language


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request. `path` is empty where the target has none that can be read: see `Request.of`."""

    method: str
    target: str  # as the client sent it
    path: str  # percent-decoded once
    query: Mapping[str, str]  # the first value of each parameter
    headers: Headers
    authority: str | None  # host and port that the client asked for; `None` where it named none
    scheme: str  # as the connection is, not as the target claims
    peer: str = ""  # the client's address
    local: str = "127.0.0.1"  # the address of this machine that the client reached
    local_port: int = 80
    plain_port: int | None = None  # where plain http is answered beside https
    version: tuple[int, int] = (1, 1)  # of HTTP
    base: str = ""  # what stood before the path, such as `/with/slow-3g`
    body: bytes = b""  # read for the control API alone

    @classmethod
    def of(
        cls,
        method: str,
        target: str,
        headers: Headers | None = None,
        *,
        scheme: str = "http",
        peer: str = "",
        local: str = "127.0.0.1",
        local_port: int = 80,
        plain_port: int | None = None,
        version: tuple[int, int] = (1, 1),
    ) -> "Request":
        """Read a request's target, in origin or absolute form (RFC 9112 section 3.2).

        The path is empty for any other form and for percent-encoding that is broken or is not UTF-8.
        """
        headers = headers or Headers()
        origin, authority = split_absolute(target)
        path, _, query = origin.partition("?")
        return cls(
            method=method,
            target=target,
            path=decoded_path(path),
            query=parameters_of(query),
            headers=headers,
            authority=headers.get("host") if authority is None else authority,
            scheme=scheme,
            peer=peer,
            local=local,
            local_port=local_port,
            plain_port=plain_port,
            version=version,
        )

    def below(self, base: str) -> "Request":
        """Give the same request without *base*, which its address begins with, and all links are to."""
        path, _, query = self.address.removeprefix(base).partition("?")
        return replace(self, path=decoded_path(path), query=parameters_of(query), base=base)

    def links_begin_with(self, configured: str | None) -> str:
        """Give what the links of the answer begin with, without a final slash: *configured*, or as it was asked."""
        return f"{configured or self.origin}{self.base}"

    def for_target(self, target: str) -> "Request":
        """Give the same request for another target, without what makes it conditional or partial."""
        kept = ((name, value) for name, values in self.headers.items() if name in _IDENTIFYING for value in values)
        return Request.of(
            self.method,
            target,
            Headers(kept),
            scheme=self.scheme,
            peer=self.peer,
            local=self.local,
            local_port=self.local_port,
            plain_port=self.plain_port,
            version=self.version,
        ).below(self.base)

    @property
    def address(self) -> str:
        """Give path and query as the client sent them, without the host of an absolute target."""
        return split_absolute(self.target)[0]

    @property
    def is_for_control(self) -> bool:
        """Say whether this is for the control API, and so not what an update client asks."""
        return self.path.startswith(CONTROL)

    @property
    def is_downgraded(self) -> bool:
        """Say whether it came by plain http to a server of https."""
        return self.scheme == "http" and self.plain_port is not None

    @property
    def downgraded_origin(self) -> str:
        """Give the origin that answers the same by plain http, as the client would call it; else `origin` by http."""
        authority = self.origin.partition("://")[2]
        return f"http://{_PORT.sub('', authority)}:{self.plain_port}" if self.plain_port else f"http://{authority}"

    @property
    def origin(self) -> str:
        """Give the scheme, host and port that the client used, without a final slash."""
        host = f"[{self.local}]" if ":" in self.local else self.local
        return f"{self.scheme}://{self.authority or f'{host}:{self.local_port}'}"


# Installers, notes and error texts share one origin with everything else, and may hold HTML: a browser must neither
# run nor guess them.
_SAFE_DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """One answer. Its own headers go over the safe defaults."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = b""
    offered: str = ""  # for the journal, such as `offered 1.3.0`
    reason: str = ""  # for the journal: why it is a refusal
    subject: Subject | None = None  # for the journal: what it is about
    delivery: Delivery = UNDISTURBED
    in_force: tuple[str, ...] = ()  # for the journal: the scenarios and faults that bent it
    is_broken: bool = False  # for the journal: they left nothing in it to go on with, and a client can tell
    base: str = ""  # for the journal: that of its request
    is_journalled: bool = True  # what only people look at is not

    @classmethod
    def plain(cls, status: int, sentence: str, headers: Mapping[str, str] = _NO_FIELDS) -> "Response":
        """Answer with a sentence for people."""
        fields = {"Content-Type": "text/plain; charset=utf-8", **headers}
        reason = sentence.partition("\n")[0] if status >= 400 else ""
        return cls(status=status, headers=fields, body=f"{sentence}\n".encode("utf-8", "replace"), reason=reason)

    @classmethod
    def json(cls, status: int, value: Mapping[str, object], headers: Mapping[str, str] = _NO_FIELDS) -> "Response":
        """Answer with a value for programs."""
        fields = {"Content-Type": "application/json; charset=utf-8", **headers}
        return cls(status=status, headers=fields, body=json.dumps(value, indent=2).encode("ascii") + b"\n")

    @property
    def length(self) -> int:
        """Give the number of bytes in the body; a stream has none that is known."""
        return len(self.body) if isinstance(self.body, bytes) else self.body.length

    @property
    def all_headers(self) -> dict[str, str]:
        """Give the headers with the safe defaults and, unless it is a 204, a 304 or a stream, the length."""
        has_length = self.status not in (204, 304) and not isinstance(self.body, StreamBody)
        length = {"Content-Length": str(self.length)} if has_length else {}
        return {**_SAFE_DEFAULTS, **length, **self.headers}

    def without_body(self) -> "Response":
        """Turn the answer to a GET into the answer to a HEAD: the same headers and nothing else."""
        headers = self.all_headers
        self.close()
        return replace(self, headers=headers, body=b"")

    def close(self) -> None:
        """Let go of what the body holds open."""
        if isinstance(self.body, FileBody):
            self.body.close()

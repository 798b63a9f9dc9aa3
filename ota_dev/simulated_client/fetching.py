"""Asking a server as an update client does: bounded in size, time and redirects. The only user of the network here.

It uses the standard library's HTTP client and not the server's: that one costs three times the start-up, and adds
headers that no update client sends.
"""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ota_dev.errors import FetchingError

__all__ = ["Answer", "Limits", "Sink", "connection_within", "fetch", "is_address"]

REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 64 * 1024
_UNRESERVED = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much a client puts up with."""

    size: int  # bytes, after decoding
    seconds: int  # for everything
    silence: int = 30  # seconds without a byte
    redirects: int = 20
    allows_downgrades: bool = True  # from https to http


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The last answer, after redirects; its body went where the caller said."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]  # by lower-case name
    size: int  # bytes of the body, decoded


class Sink(Protocol):
    """What a body is written to."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


def is_address(text: str) -> bool:
    """Say whether a text is a URL to fetch, and not the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch(url: str, headers: Mapping[str, str], limits: Limits, body: Sink, method: str = "GET") -> Answer:
    """Ask for *url*, follow redirects, and write the decoded body of the last answer to *body*.

    Raises:
        FetchingError: there is no answer, or it is beyond the limits.
    """
    for _ in range(limits.redirects + 1):
        parts = _split(url)
        try:
            with connection_within(limits, parts) as connection:
                target = quote(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", safe=_UNRESERVED)
                connection.putrequest(method, target, skip_accept_encoding=True)
                for name, value in headers.items():
                    connection.putheader(name, value)
                connection.endheaders()
                response = connection.getresponse()
                location = response.getheader("Location")
                if response.status not in REDIRECTS or location is None:
                    return _answer(url, response, body, limits, decodes="Accept-Encoding" in headers)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise FetchingError(f"{url} cannot be fetched: {_explain(error, limits)}") from error
        url = _redirected(url, location, limits)
    raise FetchingError(f"{url} is one redirect too many: clients follow up to {limits.redirects}")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise FetchingError(
            f"{url} is no address that a client can fetch: it takes http://HOST/PATH or https://HOST/PATH"
        )
    return parts


@contextmanager
def connection_within(
    limits: Limits, parts: SplitResult, tls: ssl.SSLContext | None = None
) -> Iterator[http.client.HTTPConnection]:
    """Give a connection that is cut when time is up, however slowly the server answers."""
    host, patience = parts.hostname or "", min(limits.silence, limits.seconds)
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, parts.port, timeout=patience, context=tls or ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=patience)
    expired = threading.Event()
    deadline = threading.Timer(limits.seconds, _cut, (connection, expired))
    deadline.start()
    try:
        yield connection
    except (OSError, http.client.HTTPException) as error:
        raise (TimeoutError() if expired.is_set() else error) from error
    finally:
        deadline.cancel()
        deadline.join()
        connection.close()
    if expired.is_set():  # What was cut may look like an answer that ended.
        raise TimeoutError


def _cut(connection: http.client.HTTPConnection, expired: threading.Event) -> None:
    expired.set()
    if connection.sock is not None:
        with suppress(OSError):  # It may be closed already.
            connection.sock.shutdown(socket.SHUT_RDWR)


def _answer(url: str, response: http.client.HTTPResponse, body: Sink, limits: Limits, *, decodes: bool) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    encoding = headers.get("content-encoding", "").strip().lower() if decodes else ""
    size = 0
    for chunk in _decoded(response, encoding, limits.size):
        size += len(chunk)
        if size > limits.size:
            raise FetchingError(
                f"{url} answers with more than {limits.size} bytes, which is too much for what it should be"
            )
        body.write(chunk)
    expected = headers.get("content-length", "")
    if response.length:
        raise FetchingError(f"{url} is cut short: {response.length} of {expected} bytes are missing")
    return Answer(url=url, status=response.status, reason=response.reason, headers=headers, size=size)


def _decoded(response: http.client.HTTPResponse, encoding: str, limit: int) -> Iterator[bytes]:
    """Give the body as the client's HTTP library does, never more than a little over *limit* at once."""
    if encoding not in ("gzip", "x-gzip", "deflate"):
        while chunk := response.read1(_CHUNK):
            yield chunk
        return
    decoder = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    while chunk := response.read1(_CHUNK):
        yield decoder.decompress(chunk, limit + 1)
        if decoder.unconsumed_tail:
            yield decoder.decompress(decoder.unconsumed_tail, limit + 1)
    yield decoder.flush()


def _redirected(url: str, location: str, limits: Limits) -> str:
    try:
        target = urljoin(url, location)
    except ValueError as error:
        raise FetchingError(f"{url} leads to {location!r}, which is no address") from error
    if url.startswith("https:") and target.startswith("http:") and not limits.allows_downgrades:
        raise FetchingError(f"{url} leads from https to {target}, which this client does not follow")
    return target


def _explain(error: Exception, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        return f"the server was silent for {limits.silence} seconds, or took more than {limits.seconds} in all"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}): name its authority in SSL_CERT_FILE"
    if isinstance(error, OSError):
        return f"{error.strerror or error}"
    return f"the answer is no HTTP that can be read ({str(error) or type(error).__name__})"

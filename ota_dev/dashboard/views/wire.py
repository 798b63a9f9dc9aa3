"""A request and its answer as text: as they went over the wire, and as the command that asks again. Pure.

The journal keeps names and values of header fields, bounded and without secrets, but not the version of HTTP.
"""

import shlex
from http.client import responses

from ota_dev.catalog.resources import Resource
from ota_dev.journal import Exchange

__all__ = ["curl_command", "raw_request", "raw_response"]

_VERSION = "HTTP/1.1"
_OF_CURL_ITSELF = ("accept", "user-agent")  # sent unless they are taken away
_OF_CONNECTION = ("host", "connection", "content-length", "transfer-encoding")  # curl says its own
_NOT_SHOWN = "(not shown)"
_GLOBBING = frozenset("[]{}")


def raw_request(exchange: Exchange) -> str:
    """Give the request line and the header of the request."""
    return _text(f"{exchange.method} {exchange.target} {_VERSION}", exchange.request_headers)


def raw_response(exchange: Exchange) -> str:
    """Give the status line and the header of the answer; empty where none was sent."""
    if not exchange.status:
        return ""
    return _text(
        f"{_VERSION} {exchange.status} {responses.get(exchange.status, '')}".rstrip(), exchange.response_headers
    )


def curl_command(exchange: Exchange, server: str) -> str:
    """Give the command for a POSIX shell that asks *server* the same; secrets that are not kept are left out."""
    url = exchange.target if "://" in exchange.target else f"{server}{exchange.target}"
    words = ["curl", *_options(exchange, url)]
    said = {name.lower() for name, _ in exchange.request_headers}
    for name in _OF_CURL_ITSELF:
        words += [] if name in said else ["-H", f"{name}:"]
    for name, value in exchange.request_headers:
        if name.lower() not in _OF_CONNECTION and value != _NOT_SHOWN:
            words += ["-H", f"{name}: {value}" if value else f"{name};"]
    return shlex.join([*words, url])


def _options(exchange: Exchange, url: str) -> list[str]:
    options = ["--path-as-is"] if "/." in url else []
    options += ["--globoff"] if _GLOBBING & set(url) else []
    if exchange.method == "HEAD":
        return [*options, "--head"]
    if exchange.method != "GET":
        options += ["--request", exchange.method]
    if exchange.resource is Resource.DOWNLOAD:
        return [*options, "--dump-header", "-", "--output", "download"]
    return [*options, "--include"]


def _text(first: str, headers: tuple[tuple[str, str], ...]) -> str:
    return "\n".join([first, *(f"{name}: {value}" for name, value in headers)])

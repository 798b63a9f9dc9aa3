"""Sockets, TLS, limits in time, and the one place where bytes are sent: the only user of aiohttp.

It turns what aiohttp parsed into a `Request`, asks for the answer, performs the `Response` it gets, and hands an
`Exchange` to whoever records. Reads the files that responses hold open; writes no file and prints nothing.
"""

from ota_dev.server.adapter.http_server import HttpServer

__all__ = ["HttpServer"]

"""A server that answers as a test says, and remembers how it was asked."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[BaseHTTPRequestHandler], None]


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that went away."""


class Server:
    """Answers paths with what the test puts there; the rest with 404."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str]]] = []  # method, target, headers
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.acts: dict[str, Respond] = {}
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_GET(self) -> None:
                server.answer(self)

            def do_HEAD(self) -> None:
                server.answer(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._http = QuietServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def put(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Put a page at *path*, and give its URL."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, body)
        return f"{self.url}{path}"

    def act(self, path: str, respond: Respond) -> str:
        """Let *respond* answer at *path*, and give its URL."""
        self.acts[path] = respond
        return f"{self.url}{path}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append((handler.command, handler.path, dict(handler.headers.items())))
        if handler.path in self.acts:
            self.acts[handler.path](handler)
            return
        status, headers, body = self.pages.get(handler.path, (404, {}, b"<rss/>"))
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

import gzip
import threading
from http.server import BaseHTTPRequestHandler
from io import BytesIO

import pytest

from ota_dev.errors import FetchingError
from ota_dev.simulated_client.fetching import Answer, Limits, fetch, is_address
from tests.simulated_client.answering import Server

LIMITS = Limits(size=1_000, seconds=5)
GZIP = {"Accept-Encoding": "gzip"}


def get(url: str, limits: Limits = LIMITS, headers: dict[str, str] | None = None) -> tuple[Answer, bytes]:
    body = BytesIO()
    return fetch(url, headers or {}, limits, body), body.getvalue()


def test_a_body_comes_with_its_status_and_headers(server: Server) -> None:
    url = server.put("/feed.xml", b"<rss/>", Content_Type="text/xml")

    answer, body = get(url)

    assert (answer.url, answer.status, answer.size, body) == (url, 200, 6, b"<rss/>")
    assert answer.headers["content-type"] == "text/xml"


def test_only_the_headers_of_the_client_are_sent(server: Server) -> None:
    get(server.put("/feed.xml"), headers={"Accept": "*/*"})

    [(method, _, headers)] = server.requests
    assert (method, sorted(headers)) == ("GET", ["Accept", "Host"])


def test_an_error_is_an_answer_too(server: Server) -> None:
    answer, body = get(f"{server.url}/missing.xml")

    assert (answer.status, answer.reason, body) == (404, "Not Found", b"<rss/>")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_relative_too(server: Server, status: int) -> None:
    server.put("/new/feed.xml", b"<rss/>")
    url = server.put("/old/feed.xml", b"gone", status=status, Location="../new/feed.xml?a=1#top")
    server.put("/new/feed.xml?a=1", b"<rss/>")

    answer, body = get(url)

    assert body == b"<rss/>"
    assert answer.url.startswith(f"{server.url}/new/feed.xml?a=1")


@pytest.mark.parametrize("location", ["/loop", "ftp://acme.example/", "file:///etc/hosts", "http://["])
def test_a_redirect_that_leads_nowhere_is_told(server: Server, location: str) -> None:
    url = server.put("/loop", status=302, Location=location)

    with pytest.raises(FetchingError, match=r"redirect|address"):
        get(url)


def test_compression_is_undone_if_it_was_asked_for(server: Server) -> None:
    url = server.put("/feed.xml", gzip.compress(b"<rss/>"), Content_Encoding="gzip")

    assert get(url, headers=GZIP)[1] == b"<rss/>"
    assert get(url)[1][:2] == b"\x1f\x8b"


def test_more_than_the_limit_is_refused(server: Server) -> None:
    plain = server.put("/plain", b"x" * 2_000)
    bomb = server.put("/bomb", gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip")

    for url in (plain, bomb):
        with pytest.raises(FetchingError, match="more than 1000 bytes"):
            get(url, headers=GZIP)


def test_a_body_that_is_cut_short_is_told(server: Server) -> None:
    url = server.put("/cut", b"<rss", Content_Length="600", Connection="close")

    with pytest.raises(FetchingError, match="cut short: 596 of 600 bytes are missing"):
        get(url)


def test_chunks_are_put_together(server: Server) -> None:
    def send_chunks(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\n<rs\r\n3\r\ns/>\r\n0\r\n\r\n")

    assert get(server.act("/chunks", send_chunks))[1] == b"<rss/>"


def test_a_server_that_dawdles_is_left_in_time(server: Server) -> None:
    done = threading.Event()

    def dawdle(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not done.wait(0.05):
                handler.wfile.write(b"X-Slow: 1\r\n")
        except OSError:
            handler.close_connection = True

    with pytest.raises(FetchingError, match="took more than 1 in all"):
        get(server.act("/slow", dawdle), Limits(size=1_000, seconds=1))
    done.set()


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://127.0.0.1:1/", "cannot be fetched: "),
        ("http://", "is no address that a client can fetch"),
        ("http://[x/", "is no address that a client can fetch"),
        ("http://127.0.0.1:99999/", "is no address that a client can fetch"),
        ("http://no-such-host.invalid/", "cannot be fetched: "),
        ("http://127.0.0.1\r\nX: 1/", "is no address that a client can fetch"),
    ],
)
def test_what_cannot_be_reached_is_told_in_one_sentence(url: str, part: str) -> None:
    with pytest.raises(FetchingError) as refused:
        get(url)

    assert part in str(refused.value)


def test_what_speaks_no_http_is_told(server: Server) -> None:
    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 mail.acme.example\r\n")
        handler.close_connection = True

    with pytest.raises(FetchingError, match="no HTTP that can be read"):
        get(server.act("/", talk))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a", True),
        ("HTTPS://a", True),
        ("appcast.xml", False),
        ("C:\\feeds\\appcast.xml", False),
        ("file:///a.xml", False),
        ("-", False),
    ],
)
def test_an_address_begins_with_http(text: str, expected: bool) -> None:
    assert is_address(text) == expected

"""What is found when servers are asked."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from ota_dev.errors import FetchingError
from ota_dev.lint import Report
from ota_dev.lint.fetching import lint_with_answers
from ota_dev.lint.linted import FetchedLink, LintedFeed
from ota_dev.lint.linting import lint_feed
from ota_dev.signing import PublicKey, sign_bytes, sign_feed
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.secret import Secret
from ota_dev.simulated_client.fetching import Answer
from ota_dev.simulated_client.received import ReceivedFeed
from tests.simulated_client.answering import Server
from tests.simulated_client.asking import feed_of, item_of

CONTENT = b"\0" * 5000
KEY = PrivateKey.from_seed(Secret(bytes(32)))
OTHER = PrivateKey.from_seed(Secret(bytes([1] * 32)))
BINARY: dict[str, Any] = {"Content_Type": "application/x-apple-diskimage"}
XML: dict[str, Any] = {"Content_Type": "application/xml; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def lint(
    server: Server, *, attributes: str = "", file: str = "Acme.dmg", feed_key: PrivateKey | None = None, **headers: Any
) -> Report:
    """Lint a feed that names one file of the server, which the test has put there."""
    attributes = f'length="5000" sparkle:os="macos" {attributes}'
    feed = feed_of(item_of("1.3.0", attributes=attributes, url=f"{server.url}/{file}"))
    url = server.put("/appcast.xml", feed, **(headers or XML))
    if feed_key:
        server.put("/appcast.xml.signature", sign_bytes(feed, feed_key).encode())
    public = KEY.public_key
    assert isinstance(public, PublicKey)
    return lint_with_answers(url, ["unsigned-over-http"], public, with_links=True)


def codes(report: Report) -> list[str]:
    return [finding.rule.code for finding in report.findings]


def signed(key: PrivateKey) -> str:
    return f'sparkle:edSignature="{sign_bytes(CONTENT, key)}"'


def test_a_good_file_gives_nothing(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT, **BINARY)

    assert codes(lint(server)) == []


def test_a_missing_file_is_found(server: Server) -> None:
    assert codes(lint(server)) == ["link-status"]


def test_a_web_page_is_found_once(server: Server) -> None:
    server.put("/Acme.dmg", b"<html>Log in</html>", Content_Type="text/html")

    assert codes(lint(server)) == ["link-web-page"]


def test_another_length_is_found(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT[1:], **BINARY)

    assert codes(lint(server)) == ["link-length"]


def test_a_content_encoding_is_found(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT, Content_Encoding="br", **BINARY)

    assert codes(lint(server)) == ["link-content-encoding"]


def test_a_missing_content_length_is_found(server: Server) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True

    server.act("/Acme.dmg", respond)

    assert codes(lint(server)) == ["link-without-length"]


def test_a_redirect_to_another_name_is_found(server: Server) -> None:
    server.put("/Acme.dmg", status=302, Location="/blob")
    server.put("/blob", CONTENT, **BINARY)

    assert codes(lint(server)) == ["link-other-name"]


def test_redirects_without_end_are_found(server: Server) -> None:
    server.put("/Acme.dmg", status=302, Location="/Acme.dmg")

    assert codes(lint(server)) == ["link-unreachable"]


def test_a_server_that_refuses_head_is_asked_with_get(server: Server) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        is_head = handler.command == "HEAD"
        handler.send_response(405 if is_head else 200)
        handler.send_header("Content-Length", "0" if is_head else "5000")
        handler.end_headers()
        handler.wfile.write(b"" if is_head else CONTENT)

    server.act("/Acme.dmg", respond)

    assert codes(lint(server)) == []


@pytest.mark.parametrize(
    ("key", "expected"), [(KEY, []), (OTHER, ["link-signature"])], ids=["the app's key", "another key"]
)
def test_signatures_are_verified_with_the_key(server: Server, key: PrivateKey, expected: list[str]) -> None:
    server.put("/Acme.dmg", CONTENT, **BINARY)

    assert codes(lint(server, attributes=signed(key), feed_key=KEY)) == expected


def test_signed_files_without_a_signature_of_the_feed_are_found(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT, **BINARY)

    assert codes(lint(server, attributes=signed(KEY))) == ["feed-signature-absent"]


def test_text_without_charset_is_found(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT, **BINARY)

    assert codes(lint(server, Content_Type="text/xml")) == ["feed-charset-missing"]


def test_a_feed_that_is_not_there_is_an_error_and_no_finding(server: Server) -> None:
    with pytest.raises(FetchingError, match="404"):
        lint_with_answers(f"{server.url}/nowhere.xml", with_links=True)


def test_a_feed_that_is_no_xml_is_a_finding(server: Server) -> None:
    report = lint_with_answers(server.put("/appcast.xml", b"Acme & Co", **XML), with_links=True)

    assert codes(report) == ["not-xml"]


def test_a_redirect_from_https_to_http_is_found() -> None:
    content = feed_of(item_of("1.3.0", attributes='length="5000" sparkle:os="macos"'))
    received = ReceivedFeed.read(content, "the feed")
    file = received.appcast.items[0].enclosures[0]
    answer = Answer(
        url="http://acme.example/Acme.dmg", status=200, reason="OK", headers={"content-length": "1"}, size=1
    )
    link = FetchedLink(enclosure=file, url="https://acme.example/Acme.dmg", answer=answer)

    assert codes(lint_feed(LintedFeed(received=received, links=(link,)), "the feed")) == ["link-downgrade"]


def test_a_signature_beside_the_feed_that_does_not_fit_is_found(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT, **BINARY)

    assert codes(lint(server, attributes=signed(KEY), feed_key=OTHER)) == ["feed-signature-wrong"]


def test_a_signature_at_the_end_of_the_feed_that_does_not_fit_is_found(server: Server) -> None:
    feed = feed_of(item_of("1.3.0", attributes='length="5000" sparkle:os="macos"'))
    public = KEY.public_key
    assert isinstance(public, PublicKey)

    def found(key: PrivateKey) -> list[str]:
        url = server.put("/appcast.xml", sign_feed(feed, key), **XML)
        return codes(lint_with_answers(url, ["unsigned-over-http"], public, with_links=False))

    assert found(KEY) == []
    assert found(OTHER) == ["feed-signature-wrong"]


def test_an_unsigned_file_of_a_feed_of_http_is_found(server: Server) -> None:
    url = server.put("/appcast.xml", feed_of(item_of("1.3.0", attributes='length="5000" sparkle:os="macos"')), **XML)

    assert codes(lint_with_answers(url, with_links=False)) == ["unsigned-over-http"]


def test_a_feed_that_is_cached_for_long_is_found(server: Server) -> None:
    server.put("/Acme.dmg", CONTENT, **BINARY)

    for_long, for_short = ({**XML, "Cache_Control": f"public, max-age={age}"} for age in (86_400, 60))
    assert codes(lint(server, **for_long)) == ["feed-cached"]
    assert codes(lint(server, **for_short)) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://acme.example/appcast.xml", ["feed-not-https"]),
        ("https://acme.example/appcast.xml", []),
        ("http://localhost:8080/appcast.xml", []),
    ],
)
def test_a_feed_of_http_on_a_public_host_is_found(url: str, expected: list[str]) -> None:
    content = feed_of(item_of("1.3.0", attributes='length="5000" sparkle:os="macos"'))
    answer = Answer(url=url, status=200, reason="OK", headers={}, size=1)
    feed = LintedFeed(received=ReceivedFeed.read(content, "the feed", url=url), answer=answer)

    assert codes(lint_feed(feed, "the feed", ["unsigned-over-http"])) == expected

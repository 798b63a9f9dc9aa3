"""The signature beside a feed, as NetSparkle looks for it: at the feed's whole address and `.signature`."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.server.application import Application
from ota_dev.server.messages import Request, Response
from ota_dev.server.missigning import FeedSigning
from ota_dev.signing import PrivateKey, sign_bytes

Put = Callable[..., PublishedFile]
Ask = Callable[..., Response]

KEY = PrivateKey.generate()


@pytest.fixture
def signing_application(application: Callable[..., Application], tmp_path: Path) -> Application:
    return application(signing=FeedSigning(KeyInForce(key=KEY), tmp_path))


@pytest.fixture
def ask_signed(
    put: Put,
    live: LivePublication,
    signing_application: Application,
    publish: Callable[..., Publication],
    request_for: Callable[..., Request],
) -> Ask:
    """Ask an application with a key and one installer: `ask_signed("/appcast.xml", "HEAD")`."""
    put("Acme-1.3.0.dmg", version="1.3.0")
    live.offer(publish())
    return lambda *request, **headers: asyncio.run(signing_application.answer(request_for(*request, **headers)))


def signature_of(response: Response) -> str:
    assert isinstance(response.body, bytes)
    return sign_bytes(response.body, KEY)


@pytest.mark.parametrize(
    "address", ["/appcast.xml", "/appcast.xml?os=windows", "/appcast.xml?", "/apps/notes/appcast.xml", "/%61ppcast.xml"]
)
def test_every_address_of_a_feed_has_a_signature_of_the_very_bytes_served(ask_signed: Ask, address: str) -> None:
    response = ask_signed(f"{address}.signature")

    assert response.status == 200
    assert response.all_headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.body == signature_of(ask_signed(address)).encode()


def test_another_host_has_another_signature_of_what_is_served_to_it(ask_signed: Ask) -> None:
    hosts = ["127.0.0.1:8080", "localhost:8080"]

    feeds = [ask_signed("/appcast.xml", Host=host) for host in hosts]
    signatures = [ask_signed("/appcast.xml.signature", Host=host).body for host in hosts]

    assert signatures == [signature_of(feed).encode() for feed in feeds]
    assert signatures[0] != signatures[1]


def test_an_absolute_address_names_the_host_too(ask_signed: Ask) -> None:
    feed = ask_signed("http://localhost:8080/appcast.xml")

    assert ask_signed("http://localhost:8080/appcast.xml.signature").body == signature_of(feed).encode()


def test_a_new_publication_has_a_new_signature(
    ask_signed: Ask, put: Put, live: LivePublication, publish: Callable[..., Publication]
) -> None:
    before = ask_signed("/appcast.xml.signature").body
    put("Acme-1.4.0.dmg", version="1.4.0")
    live.offer(publish(revision=2))

    after = ask_signed("/appcast.xml.signature").body

    assert after == signature_of(ask_signed("/appcast.xml")).encode() != before


def test_head_has_the_headers_of_get_and_no_body(ask_signed: Ask) -> None:
    get, head = ask_signed("/appcast.xml.signature"), ask_signed("/appcast.xml.signature", "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.all_headers == get.all_headers


def test_what_a_client_remembers_of_the_feed_does_not_stand_in_for_the_signature(ask_signed: Ask) -> None:
    tag = ask_signed("/appcast.xml").all_headers["ETag"]

    response = ask_signed("/appcast.xml.signature", If_None_Match=tag, Range="bytes=0-3")

    assert (response.status, response.length) == (200, 88)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_without_a_key_there_is_no_signature_and_the_remedy_is_named(put: Put, ask: Ask, method: str) -> None:
    put("Acme-1.3.0.dmg")

    response = ask("/appcast.xml.signature", method)

    assert response.status == 404
    assert response.reason == "Feeds are not signed here: start ota-dev with --sign or --key FILE."


@pytest.mark.parametrize(
    "target",
    [
        *("/.signature", "/health.signature", "/downloads/Acme-1.3.0.dmg.signature", "/nothing.signature"),
        *("/apps/other/appcast.xml.signature", "/appcast.xml.signature.signature", ".signature"),
    ],
)
def test_what_is_no_feed_has_no_signature(ask_signed: Ask, target: str) -> None:
    assert ask_signed(target).status in (400, 404)


def test_an_installer_may_be_called_like_a_signature(
    put: Put, ask: Ask, content_of: Callable[[Response], bytes]
) -> None:
    put("Acme.dmg.signature", b"whatever it is")

    assert content_of(ask("/downloads/Acme.dmg.signature")) == b"whatever it is"


def test_the_guard_comes_before_the_signature(ask_signed: Ask) -> None:
    assert ask_signed("/appcast.xml.signature", Host="evil.example").status == 403


def test_before_the_first_publication_there_is_no_signature_of_an_excuse(
    signing_application: Application, request_for: Callable[..., Request]
) -> None:
    assert asyncio.run(signing_application.answer(request_for("/appcast.xml.signature"))).status == 503

"""Scenarios and faults in the application: for everyone, and below `/with/`."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.reading import read_appcast
from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.application import Application
from ota_dev.server.bending import Bending
from ota_dev.server.disturbing import FAULT_HEADER
from ota_dev.server.in_force import Conditions
from ota_dev.server.messages import FileBody, Request, Response
from ota_dev.server.missigning import FeedSigning
from ota_dev.signing import PrivateKey, verify_bytes, verify_feed
from ota_dev.signing.verdicts import Part

KEY = PrivateKey.generate()
AGENT = "Acme Notes/1.2.0 Sparkle/2.9.0"

Ask = Callable[..., Response]


@pytest.fixture
def conditions() -> Conditions:
    return Conditions(has_key=True, seed=1)


@pytest.fixture
def key() -> KeyInForce:
    return KeyInForce(key=KEY, signs_feeds=True)


@pytest.fixture
def bent_application(
    application: Callable[..., Application], conditions: Conditions, key: KeyInForce, tmp_path: Path
) -> Application:
    signing = FeedSigning(key, tmp_path)
    feeds = {"appcast": AppcastFeed()}
    return application(feeds=feeds, conditions=conditions, signing=signing, bending=Bending(signing.resign))


@pytest.fixture
def ask(
    put: Callable[..., PublishedFile],
    publish: Callable[..., Publication],
    request_for: Callable[..., Request],
    live: LivePublication,
    bent_application: Application,
) -> Ask:
    """Ask an application with two releases and a key: `ask("/with/no-update/appcast.xml")`."""
    put("Acme-1.2.0.dmg", b"old", version="1.2.0")
    put("Acme-1.3.0.dmg", bytes(1000), version="1.3.0")
    live.offer(publish())

    def answer(target: str, method: str = "GET", **headers: str) -> Response:
        response = asyncio.run(bent_application.answer(request_for(target, method, User_Agent=AGENT, **headers)))
        response.close()
        return response

    return answer


def versions(response: Response) -> list[str]:
    assert isinstance(response.body, bytes)
    return [item.version for item in read_appcast(response.body).items]


def test_a_scenario_is_in_the_address(ask: Ask) -> None:
    assert versions(ask("/appcast.xml")) == ["1.3.0", "1.2.0"]
    assert versions(ask("/with/no-update/appcast.xml")) == []
    assert versions(ask("/with/stale-feed/appcast.xml")) == ["1.2.0"]


def test_links_stay_under_the_address(ask: Ask) -> None:
    feed = ask("/with/slow-3g+corrupt:bytes=1/appcast.xml").body

    assert isinstance(feed, bytes)
    assert b'url="http://127.0.0.1:8080/with/slow-3g+corrupt:bytes=1/downloads/Acme-1.3.0.dmg"' in feed


def test_narrowing_works_under_the_address(ask: Ask) -> None:
    assert versions(ask("/with/update-available/appcast-macos.xml")) == ["1.3.1", "1.2.0"]
    assert versions(ask("/with/update-available/appcast-windows.xml")) == []


def test_what_is_advertised_is_the_version_that_was_asked_for(ask: Ask) -> None:
    response = ask("/with/update-available:version=7.0/appcast.xml")

    assert versions(response)[0] == "7.0"
    assert response.offered == "offered 7.0 to 1.2.0"
    assert isinstance(response.body, bytes)
    assert b"(advertised)" in response.body


def test_the_json_api_is_bent_too(ask: Ask) -> None:
    response = ask("/with/update-available:version=7.0/api/check?version=1.3.0&platform=darwin&arch=arm64")

    assert isinstance(response.body, bytes)
    assert b'"latest_version": "7.0"' in response.body
    assert b"/with/update-available:version=7.0/downloads/" in response.body


def test_same_version_is_the_version_of_whoever_asks(ask: Ask) -> None:
    assert versions(ask("/with/same-version/appcast.xml")) == ["1.2.0"]
    assert versions(ask("/with/same-version/appcast.xml?host=0.9")) == ["0.9"]


def test_a_fault_is_named_in_a_header_and_in_the_journal(ask: Ask) -> None:
    response = ask("/with/status:code=503/appcast.xml")

    assert response.status == 503
    assert response.headers[FAULT_HEADER] == "status:code=503"
    assert response.in_force == ("status:code=503",)
    assert response.base == "/with/status:code=503"


def test_what_strikes_downloads_leaves_the_feed_alone(ask: Ask) -> None:
    feed, download = ask("/with/corrupt/appcast.xml"), ask("/with/corrupt/downloads/Acme-1.3.0.dmg")

    assert FAULT_HEADER not in feed.headers
    assert isinstance(download.body, FileBody)
    assert download.body.flipped


def test_faults_heal_under_their_own_address(ask: Ask) -> None:
    asked = [ask("/with/status:times=1/appcast.xml").status for _ in range(2)]

    assert asked == [503, 200]
    assert ask("/with/status:times=1,code=500/appcast.xml").status == 500


def test_what_is_in_force_for_everyone_does_not_reach_below_an_address(ask: Ask, conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update")])

    assert versions(ask("/appcast.xml")) == []
    assert versions(ask("/with/normal/appcast.xml")) == ["1.3.0", "1.2.0"]


def test_a_scenario_that_ended_leaves_nothing_behind(ask: Ask, conditions: Conditions) -> None:
    conditions.choose([parse_spec("no-update")])
    ask("/appcast.xml")

    conditions.choose([])

    assert versions(ask("/appcast.xml")) == ["1.3.0", "1.2.0"]


def test_a_stale_feed_has_old_headers(ask: Ask) -> None:
    headers = ask("/with/stale-feed/appcast.xml").all_headers

    assert headers["Last-Modified"] == "Wed, 01 Jan 2020 00:00:00 GMT"
    assert "max-age" in headers["Cache-Control"]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("/with/nonsense/appcast.xml", "there is no such scenario or fault"),
        ("/with/corupt/appcast.xml", "corrupt"),
        ("/with/status:code=9999/appcast.xml", "code"),
        ("/with/%ff/appcast.xml", "percent-encoded"),
        ("/with/redirect:downgrade=true/appcast.xml", "--tls-cert"),
    ],
)
def test_what_cannot_be_used_is_answered_with_a_sentence(ask: Ask, target: str, sentence: str) -> None:
    response = ask(target)

    assert response.status == 400
    assert isinstance(response.body, bytes)
    assert sentence in response.body.decode()


@pytest.mark.parametrize("target", ["/with/no-update", "/with/no-update/nothing", "/with//appcast.xml", "/with/"])
def test_an_address_without_anything_below_it_is_not_found(ask: Ask, target: str) -> None:
    assert ask(target).status in (400, 404)


def test_the_feeds_own_signature_stays_right_under_a_scenario(ask: Ask) -> None:
    feed = ask("/with/no-update/appcast.xml").body
    signature = ask("/with/no-update/appcast.xml.signature").body

    assert isinstance(feed, bytes)
    assert isinstance(signature, bytes)
    assert verify_bytes(feed, signature.decode(), KEY.public_key).is_good


@pytest.mark.parametrize("how", ["cut", "undeclared-prefix", "bad-entity", "wrong-encoding"])
def test_a_broken_feed_is_signed_as_it_is_broken(ask: Ask, how: str) -> None:
    feed = ask(f"/with/malformed-feed:how={how}/appcast.xml").body
    signature = ask(f"/with/malformed-feed:how={how}/appcast.xml.signature").body

    assert isinstance(feed, bytes)
    assert isinstance(signature, bytes)
    assert verify_bytes(feed, signature.decode(), KEY.public_key).is_good
    assert verify_feed(feed, KEY.public_key).is_good
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(feed)  # noqa: S314  # the feed is ours


@pytest.mark.parametrize("key", [KeyInForce(key=KEY)], ids=["feeds do not sign themselves"])
def test_a_broken_feed_that_did_not_sign_itself_does_not_do_it_now(ask: Ask) -> None:
    feed = ask("/with/malformed-feed:how=bad-entity/appcast.xml").body

    assert isinstance(feed, bytes)
    assert b"&undeclared;" in feed
    assert b"sparkle-signatures" not in feed


def test_an_empty_feed_has_no_byte_of_a_signature_either(ask: Ask) -> None:
    assert ask("/with/empty-feed/appcast.xml").body == b""


def test_a_broken_feed_with_a_bad_signature_has_both(ask: Ask) -> None:
    feed = ask("/with/bad-feed-signature+malformed-feed/appcast.xml").body

    assert isinstance(feed, bytes)
    assert verify_feed(feed, KEY.public_key).wrong is Part.BYTES
    assert b"</rss>" not in feed


def test_what_becomes_of_a_feed_on_its_way_makes_its_signatures_wrong(ask: Ask) -> None:
    feed = ask("/with/corrupt:target=feed/appcast.xml").body
    signature = ask("/with/corrupt:target=feed/appcast.xml.signature").body

    assert isinstance(feed, bytes)
    assert isinstance(signature, bytes)
    assert not verify_feed(feed, KEY.public_key).is_good
    assert verify_bytes(feed, signature.decode(), KEY.public_key).wrong is Part.BYTES


def test_a_bad_feed_signature_is_a_real_one_of_other_bytes(ask: Ask) -> None:
    feed = ask("/with/bad-feed-signature/appcast.xml").body
    signature = ask("/with/bad-feed-signature/appcast.xml.signature")

    assert isinstance(feed, bytes)
    assert isinstance(signature.body, bytes)
    assert signature.subject is not None
    assert signature.subject.resource is Resource.SIGNATURE
    assert verify_bytes(feed, signature.body.decode(), KEY.public_key).wrong is Part.BYTES


@pytest.mark.parametrize(
    ("specs", "is_broken"),
    [
        *((name, True) for name in ("malformed-feed", "empty-feed", "bad-feed-signature", "status", "html-instead")),
        *((name, True) for name in ("corrupt:target=feed", "truncate:target=feed", "redirect:loop=true")),
        *((name, False) for name in ("wrong-length", "wrong-hash", "unsigned", "no-update", "slow-3g", "redirect")),
    ],
)
def test_the_journal_is_told_of_feeds_that_no_client_should_go_on_from(ask: Ask, specs: str, is_broken: bool) -> None:
    assert ask(f"/with/{specs}/appcast.xml").is_broken is is_broken


def test_head_is_struck_as_get_is(ask: Ask) -> None:
    response = ask("/with/status:code=503/appcast.xml", "HEAD")

    assert response.status == 503
    assert response.body == b""

"""A feed that prints digests waits for them when it is asked, and delays no other."""

import asyncio
import base64
import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

import pytest
import yaml

from ota_dev.feeds.formats import feed_formats
from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.server.application import Application
from ota_dev.server.messages import Request, Response
from tests.server.conftest import digests_of

MakeApplication = Callable[..., Application]


@pytest.fixture
def fetch(
    live: LivePublication,
    application: MakeApplication,
    put: Callable[..., PublishedFile],
    publish: Callable[..., Publication],
    request_for: Callable[..., Request],
) -> Callable[..., Response]:
    """Ask once: `fetch("/latest-mac.yml", digests_of=...)`."""

    def ask(target: str, **options: Any) -> Response:
        put("Acme-1.3.0.zip", b"installer", version="1.3.0")
        live.offer(publish())
        return asyncio.run(application(feeds=feed_formats(), **options).answer(request_for(target)))

    return ask


def sha512(response: Response) -> str:
    assert isinstance(response.body, bytes)
    return str(yaml.safe_load(response.body)["sha512"])


def test_the_digest_is_that_of_the_file(fetch: Callable[..., Response]) -> None:
    response = fetch("/latest-mac.yml")

    assert response.status == 200
    assert response.offered == "offered 1.3.0"
    assert base64.b64decode(sha512(response)) == hashlib.sha512(b"installer").digest()


def test_a_wrong_hash_is_wrong_though_it_was_not_known_when_the_feed_was_bent(fetch: Callable[..., Response]) -> None:
    right, wrong = fetch("/latest-mac.yml"), fetch("/with/wrong-hash/latest-mac.yml")

    assert len(sha512(right)) == len(sha512(wrong))
    assert sha512(right) != sha512(wrong)


def test_no_other_feed_waits(fetch: Callable[..., Response]) -> None:
    assert fetch("/appcast.xml", digests_of=lambda *_: Future()).status == 200


def test_what_cannot_be_read_is_worth_asking_again(fetch: Callable[..., Response]) -> None:
    nothing: Future[Mapping[str, str]] = Future()
    nothing.set_result({})

    response = fetch("/latest-mac.yml", digests_of=lambda *_: nothing)

    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert "Acme-1.3.0.zip is being replaced or cannot be read" in response.reason


def test_an_advertised_version_is_offered_with_the_digest_of_the_installer(fetch: Callable[..., Response]) -> None:
    response = fetch("/with/update-available/latest-mac.yml")

    assert isinstance(response.body, bytes)
    document = yaml.safe_load(response.body)
    assert document["version"] == "1.3.1"
    assert document["path"] == "http://127.0.0.1:8080/with/update-available/downloads/Acme-1.3.0.zip"
    assert document["sha512"] == sha512(fetch("/latest-mac.yml"))


def test_what_keeps_the_client_from_an_update_is_in_the_journal(
    fetch: Callable[..., Response], put: Callable[..., PublishedFile]
) -> None:
    put("Acme-2.0.0.dmg", version="2.0.0")

    response = fetch("/latest-mac.yml")

    assert response.reason == "electron-updater on macOS needs a zip: of 2.0.0 there is only Acme-2.0.0.dmg"
    assert fetch("/appcast.xml").reason == ""


def test_the_digests_are_asked_for_by_name(fetch: Callable[..., Response]) -> None:
    asked: list[frozenset[str]] = []

    def note(file: PublishedFile, algorithms: frozenset[str]) -> Future[Mapping[str, str]]:
        asked.append(algorithms)
        return digests_of(file, algorithms)

    fetch("/latest-mac.yml", digests_of=note)

    assert asked == [frozenset({"sha512"})]

"""What is computed from an installer is found beside it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.publishing import Publication, PublishedFile
from ota_dev.server.companions import Companions
from ota_dev.server.messages import Request, Response
from tests.server.conftest import StandInFeed

Put = Callable[..., PublishedFile]
Answer = Callable[..., Response | None]


def reverse(file: BinaryIO) -> bytes:
    return file.read()[::-1]


@pytest.fixture
def answer(publish: Callable[..., Publication], request_for: Callable[..., Request]) -> Answer:
    """Ask once: `answer("Acme.zip.reversed")`."""
    feed = StandInFeed()
    feed.format = replace(feed.format, companions={".reversed": reverse}, without_companion="clients go without.")
    companions = Companions([feed])

    def ask(name: str, **headers: str) -> Response | None:
        return asyncio.run(companions.answer(request_for(f"/downloads/{name}", **headers), name, publish()))

    return ask


def test_it_is_made_of_the_installer(put: Put, answer: Answer) -> None:
    put("Acme.zip", b"abc")

    response = answer("Acme.zip.reversed")

    assert response
    assert (response.status, response.body) == (200, b"cba")
    assert response.subject
    assert response.subject.resource is Resource.DOWNLOAD
    assert response.subject.companion_of == "Acme.zip"


def test_who_has_it_is_told_so(put: Put, answer: Answer) -> None:
    put("Acme.zip", b"abc")
    first = answer("Acme.zip.reversed")
    assert first

    again = answer("Acme.zip.reversed", If_None_Match=first.headers["ETag"])

    assert again
    assert again.status == 304


@pytest.mark.parametrize("name", ["Acme.zip", "Acme.zip.other", ".reversed", ""])
def test_nothing_else_is_a_companion(name: str, put: Put, answer: Answer) -> None:
    put("Acme.zip")

    assert answer(name) is None


def test_without_its_installer_there_is_none_and_what_clients_do_then_is_told(answer: Answer) -> None:
    response = answer("Other.zip.reversed")

    assert response
    assert response.status == 404
    assert response.reason == (
        "There is no installer Other.zip on offer that Other.zip.reversed could be made of: clients go without."
    )


def test_an_installer_that_is_being_replaced_has_none_at_the_moment(put: Put, answer: Answer) -> None:
    put("Acme.zip", b"abc").path.write_bytes(b"something else")

    response = answer("Acme.zip.reversed")

    assert response
    assert (response.status, response.headers["Retry-After"]) == (503, "1")

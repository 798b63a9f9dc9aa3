"""Other answers in the place of the right one."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.resources import Resource
from ota_dev.journal import Subject
from ota_dev.server.disturbing import disturb
from ota_dev.server.messages import FileBody, Request, Response
from tests.server.disturbing.samples import FEED, Exchange, Strike


def test_an_error_says_that_it_is_a_fault(feed: Exchange) -> None:
    faulted = feed("status:code=404")

    assert faulted.status == 404
    assert faulted.body == b"This error is a fault that ota-dev was asked for: status:code=404.\n"
    assert not faulted.offered


@pytest.mark.parametrize(("time", "header"), [("2s", "2"), ("1500ms", "2"), ("2m", "120"), ("0s", "0")])
def test_a_client_is_told_in_whole_seconds_when_to_ask_again(time: str, header: str, feed: Exchange) -> None:
    assert feed(f"status:retry_after={time}").headers["Retry-After"] == header


def test_an_error_without_a_time_says_none(feed: Exchange) -> None:
    assert "Retry-After" not in feed("status").headers


@pytest.mark.parametrize("specs", ["status", "redirect", "html-instead"])
def test_a_file_whose_place_is_taken_is_closed(
    specs: str, tmp_path: Path, request_for: Callable[..., Request], strike: Strike
) -> None:
    file = BytesIO()
    body = FileBody(file=file, identity=FileIdentity.of(tmp_path.stat()), pieces=())
    request = request_for("/downloads/Acme-Notes-1.3.0.dmg")

    disturb(Response(status=200, body=body), request, strike(specs, request, Resource.DOWNLOAD))

    assert file.closed


def test_another_answer_is_still_about_the_installer_but_no_part_of_it(download: Exchange) -> None:
    subject = Subject(resource=Resource.DOWNLOAD, name="Acme-Notes-1.3.0.dmg")

    assert download("html-instead", Range="bytes=900-").subject == subject


def test_of_two_other_answers_the_first_that_was_named_holds(feed: Exchange) -> None:
    assert feed("status:code=404+status:code=500").status == 404
    assert feed("html-instead+status").status == 200


def test_a_web_page_comes_with_status_200_and_cannot_run_in_a_browser(feed: Exchange) -> None:
    faulted = feed("html-instead")

    assert faulted.status == 200
    assert faulted.all_headers["Content-Type"] == "text/html; charset=utf-8"
    assert faulted.all_headers["Content-Security-Policy"] == "sandbox"
    assert isinstance(faulted.body, bytes)
    assert faulted.body.startswith(b"<!DOCTYPE html>")


def hops(feed: Exchange, specs: str, address: str, most: int = 10) -> Iterator[str]:
    """Follow redirections on this server and give each address."""
    for _ in range(most):
        faulted = feed(specs, address)
        if faulted.status == 200:
            return
        yield (location := faulted.headers["Location"])
        address = location.removeprefix("http://127.0.0.1:8080")


def test_a_redirection_leads_to_the_answer(feed: Exchange) -> None:
    assert list(hops(feed, "redirect", "/appcast.xml")) == ["http://127.0.0.1:8080/appcast.xml?ota-hop=1"]
    assert feed("redirect", "/appcast.xml?ota-hop=1").body == FEED


def test_a_chain_has_as_many_hops_as_asked_for_and_keeps_the_query(feed: Exchange) -> None:
    assert list(hops(feed, "redirect:hops=3", "/with/redirect/appcast.xml?os=macos")) == [
        f"http://127.0.0.1:8080/with/redirect/appcast.xml?os=macos&ota-hop={hop}" for hop in (1, 2, 3)
    ]


def test_a_loop_never_ends_and_comes_back_to_where_it_was(feed: Exchange) -> None:
    visited = list(hops(feed, "redirect:loop=true", "/appcast.xml"))

    assert len(visited) == 10
    assert len(set(visited)) == 2


def test_an_address_stays_that_of_a_signature(feed: Exchange) -> None:
    visited = list(hops(feed, "redirect:hops=2", "/appcast.xml.signature"))

    assert visited == [f"http://127.0.0.1:8080/appcast.xml?ota-hop={hop}.signature" for hop in (1, 2)]


def test_a_redirection_leads_to_another_origin(feed: Exchange) -> None:
    location = feed("redirect:to=https%3A%2F%2Fcdn.example.com%3A8443", "/appcast.xml").headers["Location"]

    assert location == "https://cdn.example.com:8443/appcast.xml?ota-hop=1"


def test_a_downgrade_leads_from_https_to_http(feed: Exchange) -> None:
    location = feed("redirect:downgrade=true", scheme="https").headers["Location"]

    assert location == "http://127.0.0.1:8080/appcast.xml?ota-hop=1"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirection_has_the_status_that_was_asked_for(code: int, feed: Exchange) -> None:
    assert feed(f"redirect:code={code}").status == code


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("//evil.example/", "http://127.0.0.1:8080//evil.example/?ota-hop=1"),
        ("/a%20b/%E6%9B%B4.xml", "http://127.0.0.1:8080/a%20b/%E6%9B%B4.xml?ota-hop=1"),
        ("/\u66f4\udc80 .xml", "http://127.0.0.1:8080/%E6%9B%B4%80%20.xml?ota-hop=1"),
        ("http://127.0.0.1:8080/appcast.xml", "http://127.0.0.1:8080/appcast.xml?ota-hop=1"),
        ("/appcast.xml?ota-hop=99999", "http://127.0.0.1:8080/appcast.xml?ota-hop=99999&ota-hop=1"),
    ],
    ids=["two slashes", "escapes", "no ASCII", "an absolute target", "an endless hop"],
)
def test_an_odd_address_leads_nowhere_else(address: str, location: str, feed: Exchange) -> None:
    assert feed("redirect", address).headers["Location"] == location

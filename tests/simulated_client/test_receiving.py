import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.errors import FeedError, FetchingError
from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName, client_named
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile, SecurityMode, System
from ota_dev.simulated_client.receiving import kind_of, read_local, receive
from tests.simulated_client.answering import Server
from tests.simulated_client.asking import NOW, feed_of, item_of

FEED = feed_of(item_of("2.0"))
PROFILE = Profile(installed="1.2.0", system=System(platform=Platform.WINDOWS), now=NOW)
STRICT = replace(PROFILE, security_mode=SecurityMode.STRICT)


def asker(name: ClientName, profile: Profile = PROFILE) -> tuple[SimulatedClient, Profile]:
    return client_named(name), profile


HEADERS = {
    ClientName.SPARKLE: {
        "User-Agent": "ota-dev-check/1.2.0 Sparkle/2.9.6",
        "Accept": "application/rss+xml,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    },
    ClientName.WINSPARKLE: {
        "User-Agent": "ota-dev-check/1.2.0 WinSparkle/0.9.3 (Win64)",
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Pragma": "no-cache",
    },
    ClientName.NETSPARKLE: {},
    ClientName.GENERIC: {
        "User-Agent": "python-requests/2.32.5",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "*/*",
        "Connection": "keep-alive",
    },
}


@pytest.mark.parametrize("name", APPCAST_CLIENTS)
def test_a_feed_is_asked_for_with_the_headers_of_the_client(name: ClientName, server: Server) -> None:
    url = server.put("/appcast.xml?a=1", FEED)

    [feed] = receive(url, [asker(name)])

    [(method, target, headers)] = server.requests
    assert (method, target) == ("GET", "/appcast.xml?a=1")
    assert {key: value for key, value in headers.items() if key != "Host"} == HEADERS[name]
    assert (feed.url, feed.content, len(feed.appcast.items)) == (url, FEED, 1)


def test_the_address_after_redirects_is_what_urls_are_relative_to(server: Server) -> None:
    server.put("/new/appcast.xml", FEED)

    [feed] = receive(server.put("/appcast.xml", status=302, Location="/new/appcast.xml"), [asker(ClientName.SPARKLE)])

    assert feed.absolute("a.dmg") == f"{server.url}/new/a.dmg"


def test_netsparkle_asks_for_the_signature_at_the_literal_address(server: Server) -> None:
    url = server.put("/appcast.xml?a=1", FEED)
    server.put("/appcast.xml?a=1.signature", b"signed\n")

    plain, strict = receive(url, [asker(ClientName.NETSPARKLE), asker(ClientName.NETSPARKLE, STRICT)])

    assert (plain.detached_signature, strict.detached_signature) == (None, "signed\n")
    assert [target for _, target, _ in server.requests][2:] == ["/appcast.xml?a=1.signature"]


def test_a_signature_that_is_not_there_is_none(server: Server) -> None:
    [feed] = receive(server.put("/appcast.xml", FEED), [asker(ClientName.NETSPARKLE, STRICT)])

    assert feed.detached_signature is None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (ClientName.SPARKLE, "503 Service Unavailable: Sparkle 2.9 offers nothing"),
        (ClientName.WINSPARKLE, "503 Service Unavailable: WinSparkle 0.9 offers nothing"),
        (ClientName.NETSPARKLE, "tells its user that there is no internet"),
    ],
)
def test_an_error_of_the_server_is_told_as_the_client_shows_it(name: ClientName, part: str, server: Server) -> None:
    with pytest.raises(FetchingError, match=part):
        receive(server.put("/appcast.xml", FEED, status=503), [asker(name)])


def test_a_hand_written_client_reads_errors_as_feeds(server: Server) -> None:
    [feed] = receive(f"{server.url}/missing.xml", [asker(ClientName.GENERIC)], lambda _: None)

    assert feed.appcast.items == ()


def test_a_file_is_read_with_the_signature_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "appcast.xml"
    path.write_bytes(FEED)
    (tmp_path / "appcast.xml.signature").write_text("signed")

    sparkle, strict = receive(str(path), [asker(ClientName.SPARKLE), asker(ClientName.NETSPARKLE, STRICT)])

    assert sparkle.url is None
    assert (sparkle.detached_signature, strict.detached_signature) == (None, "signed")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"missing\.xml cannot be read"):
        receive(str(tmp_path / "missing.xml"), [asker(ClientName.SPARKLE)])


def test_a_hand_written_client_asks_twice_for_a_feed_before_it_reads_the_error(server: Server) -> None:
    url, pauses = server.put("/appcast.xml", b"<rss/>", status=503), list[float]()

    [feed] = receive(url, [asker(ClientName.GENERIC)], pauses.append)

    assert (pauses, len(server.requests), feed.content) == ([0, 1], 2, b"<rss/>")


def test_a_feed_that_comes_at_the_first_try_is_asked_for_once(server: Server) -> None:
    pauses: list[float] = []

    receive(server.put("/appcast.xml", FEED), [asker(ClientName.GENERIC)], pauses.append)

    assert (pauses, len(server.requests)) == ([0], 1)


@pytest.mark.parametrize("name", [ClientName.SPARKLE, ClientName.WINSPARKLE, ClientName.NETSPARKLE])
def test_other_clients_ask_once_for_a_feed(name: ClientName, server: Server) -> None:
    with pytest.raises(FetchingError):
        receive(server.put("/appcast.xml", b"", status=503), [asker(name)])

    assert len(server.requests) == 1


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(FeedError, match=r"^standard input is closed: name a feed's URL or file$"):
        read_local("-")


if Path("/dev/fd").exists():

    def test_a_feed_that_comes_through_a_pipe_is_read_but_once() -> None:
        reading, writing = os.pipe()
        os.write(writing, FEED)
        os.close(writing)
        name = f"/dev/fd/{reading}"

        kind, [feed] = kind_of(name), receive(name, [asker(ClientName.SPARKLE)])

        assert (kind, feed.content) == (FeedKind.APPCAST, FEED)
        os.close(reading)

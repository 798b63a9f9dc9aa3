"""Panels that show what the server itself answers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from ota_dev.dev_server import DevServer

Fetch = Callable[[str], str]


@pytest.fixture
def server(dist: Path, mac_zip: Callable[..., bytes]) -> Iterator[DevServer]:
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip(version="1.3.0"))
    with DevServer(dist) as running:
        running.rescan()
        yield running


@pytest.fixture
def panel(server: DevServer) -> Fetch:
    """Fetch a panel as text: `panel("feed?feed-os=macos")`."""

    def fetch(target: str) -> str:
        request = Request(f"{server.url}/_ota/dashboard/{target}", headers={"Authorization": f"Bearer {server.token}"})  # noqa: S310 - this server
        with urlopen(request, timeout=5) as answer:  # noqa: S310
            return str(answer.read().decode())

    return fetch


def test_the_feed_is_the_one_that_clients_get(panel: Fetch) -> None:
    assert "Acme-Notes-1.3.0.zip" in panel("feed?feed-os=macos")
    assert "Acme-Notes-1.3.0.zip" not in panel("feed?feed-os=linux")


def test_the_feed_shows_what_is_in_force(server: DevServer, panel: Fetch) -> None:
    server.choose("older-version")

    shown = panel("feed")

    assert "0.0.1" in shown
    assert "older-version" in shown


def test_a_client_is_asked_what_it_would_do(server: DevServer, panel: Fetch) -> None:
    assert "Offers 1.3.0" in panel("what-if?if-client=sparkle&if-version=1.2.0")

    server.choose("no-update")

    assert "Offers nothing" in panel("what-if?if-client=sparkle&if-version=1.2.0")


def test_a_question_that_cannot_be_answered_is_told_why(panel: Fetch) -> None:
    assert "os is missing" in panel("what-if?if-client=generic&if-version=1.2.0")


def test_looking_is_no_request_of_a_client(server: DevServer, panel: Fetch) -> None:
    server.choose("latency:delay=0s,times=1")

    panel("feed")
    panel("what-if?if-version=1.2.0")

    assert server.journal.exchanges == ()
    assert "struck: 0" in panel("in-force")

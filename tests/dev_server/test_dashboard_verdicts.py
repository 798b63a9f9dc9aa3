"""What the client of a request makes of its feed, beside that request in the dashboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from ota_dev.dev_server import DevServer

LIMIT = 10  # seconds; far more than anything here takes
UPDATER = "Acme Notes/1.2.0 Sparkle/2.9.0"


class Browser:
    """Asks a server as a client does, and looks at what the dashboard shows of that."""

    def __init__(self, server: DevServer) -> None:
        self.server = server

    def ask(self, path: str) -> str:
        """Give what the dashboard shows of a client's request."""
        requests.get(f"{self.server.url}{path}", headers={"User-Agent": UPDATER}, timeout=LIMIT)
        number = self.server.wait_for(lambda _: True).number
        headers = {"Authorization": f"Bearer {self.server.token}"}
        address = f"{self.server.url}/_ota/dashboard/request?number={number}&language=en"
        return requests.get(address, headers=headers, timeout=LIMIT).text


@pytest.fixture
def browser(dist: Path, mac_zip: Callable[..., bytes]) -> Iterator[Browser]:
    """Serve Acme Notes 1.3.0 for macOS."""
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    with DevServer(dist) as server:
        server.rescan()
        yield Browser(server)


def test_a_client_that_is_offered_an_update_is_said_to_offer_it(browser: Browser) -> None:
    assert "it offers 1.3.0." in browser.ask("/appcast.xml")


def test_a_client_from_which_an_update_is_hidden_is_told_why(browser: Browser) -> None:
    shown = browser.ask("/with/min-os/appcast.xml?osVersion=14.2")

    assert "it offers nothing." in shown
    assert "and this is 14.2" in shown


def test_looking_is_no_request(browser: Browser) -> None:
    browser.ask("/appcast.xml")

    assert browser.server.journal.recorded == 1

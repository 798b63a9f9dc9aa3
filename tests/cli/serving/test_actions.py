"""What keys do with a running server."""

import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from ota_dev.cli.serving.actions import actions_of
from ota_dev.dev_server import DevServer
from ota_dev.translations import Translations

ENGLISH = Translations.of("en")
LIMIT = 10  # seconds; far more than anything here takes
WaitUntil = Callable[[Callable[[], object]], None]


@pytest.fixture
def server(dist: Path, mac_zip: Callable[..., bytes], wait_until: WaitUntil) -> Iterator[DevServer]:
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    with DevServer(dist) as server:
        wait_until(lambda: server.publication)
        yield server


def say(server: DevServer, key: str) -> list[str]:
    return list(actions_of(server, ENGLISH)[key]())


@pytest.mark.parametrize(
    ("is_there", "beginning"),
    [(True, "the dashboard opens in a browser"), (False, "! there is no browser: open http://127.0.0.1:")],
)
def test_o_opens_the_dashboard_signed_in(
    server: DevServer, monkeypatch: pytest.MonkeyPatch, *, is_there: bool, beginning: str
) -> None:
    opened: list[str] = []

    def open_in_browser(address: str) -> bool:
        opened.append(address)
        return is_there

    monkeypatch.setattr(webbrowser, "open", open_in_browser)

    (line,) = say(server, "o")

    assert opened == [f"{server.url}/?token={server.token}"]
    assert line.startswith(beginning)


def test_u_shows_the_addresses_and_that_nothing_is_wrong(server: DevServer) -> None:
    lines = say(server, "u")

    assert lines[0] == f"  feed      {server.feed_url}"
    assert f"  dashboard {server.url}/?token={server.token}" in lines
    assert lines[-1] == "nothing is wrong"


def test_u_shows_all_that_is_wrong(server: DevServer) -> None:
    (server.folder / "Acme-Notes-1.4.0.zip").write_bytes(b"PK\3\4 short")
    server.rescan()

    (line,) = (line for line in say(server, "u") if line.startswith("!"))

    assert line.startswith("! Acme-Notes-1.4.0.zip is not on offer: ")


def test_r_looks_at_the_folder_at_once(server: DevServer, mac_zip: Callable[..., bytes]) -> None:
    (server.folder / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))

    assert say(server, "r") == [f"looked at the whole of {server.folder} again: 2 installers on offer"]


@pytest.mark.parametrize(("count", "said"), [(1, "1 request is"), (2, "2 requests are")])
def test_c_forgets_the_requests(server: DevServer, wait_until: WaitUntil, count: int, said: str) -> None:
    with requests.Session() as session:
        session.trust_env = False
        for _ in range(count):
            session.get(server.feed_url, timeout=LIMIT)
    wait_until(lambda: server.journal.recorded == count)

    assert say(server, "c") == [f"the journal is cleared: {said} forgotten"]
    assert server.journal.exchanges == ()

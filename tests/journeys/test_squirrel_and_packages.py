"""Packages, their deltas and zips over HTTP, as clients of Velopack and Squirrel ask for them."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from ota_dev.dev_server import DevServer
from ota_dev.journal import sessions_of
from tests.installers.recipes.nupkg import write_package

WaitUntil = Callable[[Callable[[], object]], None]

PACKAGE, DELTA = "AcmeNotes-1.3.0-full.nupkg", "AcmeNotes-1.3.0-delta.nupkg"
ASKED = "id=AcmeNotes&localVersion=1.2.0"


@pytest.fixture
def server(dist: Path, mac_zip: Callable[..., bytes]) -> Iterator[DevServer]:
    """Serve a package, its delta and the zip of a Mac app."""
    write_package(dist / PACKAGE, "1.3.0")
    (dist / DELTA).write_bytes(b"delta")
    (dist / "AcmeNotes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    with DevServer(dist) as running:
        yield running


def get(server: DevServer, path: str, agent: str = "ureq/3.4.2") -> requests.Response:
    return requests.get(server.url + path, headers={"User-Agent": agent}, timeout=10)


def test_a_delta_is_listed_with_digests_of_its_own_and_is_nothing_else(server: DevServer) -> None:
    full, delta = get(server, "/releases.win.json").json()["Assets"]

    assert (full["Type"], delta["Type"]) == ("Full", "Delta")
    assert delta["SHA256"].lower() == hashlib.sha256(b"delta").hexdigest()
    assert DELTA not in get(server, "/appcast.xml").text


def test_wrong_hashes_are_those_of_deltas_too(server: DevServer) -> None:
    _, delta = get(server, "/with/wrong-hash/releases.win.json").json()["Assets"]

    assert len(delta["SHA256"]) == 64
    assert delta["SHA256"].lower() != hashlib.sha256(b"delta").hexdigest()


@pytest.mark.parametrize("folder", ["", "/apps/acmenotes", "/channels/beta", "/with/latency:delay=1ms"])
def test_a_file_is_found_beside_the_feed(server: DevServer, folder: str) -> None:
    assert get(server, f"{folder}/{DELTA}").content == b"delta"


def test_what_is_not_there_is_not_found_beside_the_feed_either(server: DevServer) -> None:
    answer = get(server, "/Other-1.0-full.nupkg")

    assert (answer.status_code, answer.text) == (404, "There is no installer Other-1.0-full.nupkg on offer.\n")


def test_releases_links_to_what_is_there(server: DevServer) -> None:
    line, _ = get(server, f"/RELEASES?{ASKED}&arch=amd64").text.splitlines()
    digest, url, size = line.split()

    content = requests.get(url, timeout=10).content
    assert (hashlib.sha1(content, usedforsecurity=False).hexdigest(), len(content)) == (digest.lower(), int(size))


@pytest.mark.parametrize(
    "path", ["/update/darwin-arm64/{}", "/acme/notes/darwin/{}", "/channels/beta/update/darwin/{}"]
)
def test_squirrel_on_a_mac_is_answered_to_its_version(server: DevServer, path: str, wait_until: WaitUntil) -> None:
    old, current = get(server, path.format("1.2.0")), get(server, path.format("1.3.0"))

    assert (old.status_code, current.status_code, current.content) == (200, 204, b"")
    assert old.json()["url"] == f"{server.url}/downloads/AcmeNotes-1.3.0.zip"
    wait_until(lambda: server.journal.recorded == 2)
    offered = [exchange.offered for exchange in server.journal.exchanges]
    assert offered == ["offered 1.3.0 to 1.2.0", "nothing newer than 1.3.0"]


def test_what_is_advertised_is_newer_for_squirrel_too(server: DevServer) -> None:
    assert get(server, "/with/update-available/update/darwin/1.3.0").json()["name"] == "Acme Notes 1.3.1 (advertised)"


def test_a_version_that_is_none_is_refused(server: DevServer) -> None:
    assert get(server, "/update/darwin/1%00").status_code == 404


def test_a_client_is_told_by_what_it_asks_and_its_download_is_of_its_session(
    server: DevServer, wait_until: WaitUntil
) -> None:
    get(server, f"/releases.win.json?{ASKED}&stagingId=x")
    get(server, f"/{PACKAGE}")
    get(server, f"/RELEASES?{ASKED}", "Acme")

    wait_until(lambda: server.journal.recorded == 3)
    velopack, squirrel = sessions_of(server.journal.exchanges)
    assert (velopack.client.family, len(velopack.steps)) == ("Velopack", 2)
    assert (squirrel.client.family, squirrel.client.version) == ("Squirrel.Windows", "1.2.0")


def test_the_index_names_every_feed_there_is(server: DevServer) -> None:
    get(server, "/appcast.xml")  # which waits for the first look at the folder

    feeds = {url.rpartition("/")[2] for url in json.loads(get(server, "/").text)["feeds"]}

    assert feeds == {"appcast.xml", "appcast.json", "latest-mac.yml", "releases.win.json", "RELEASES", "RELEASES.json"}

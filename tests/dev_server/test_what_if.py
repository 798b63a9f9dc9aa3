"""What a client would make of the feed of a whole server, and that nobody notices the question."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ota_dev.cli.app import run
from ota_dev.dev_server import DevServer

LIMIT = 10  # seconds; far more than anything here takes
MAC = "?version=1.2.0&client=sparkle"


class Asking:
    """A server, and someone who asks it what if."""

    def __init__(self, server: DevServer) -> None:
        self.server = server

    def get(self, route: str) -> Any:
        headers = {"Authorization": f"Bearer {self.server.token}"}
        return requests.get(f"{self.server.control_url}{route}", headers=headers, timeout=LIMIT).json()


@pytest.fixture
def start(dist: Path, mac_zip: Callable[..., bytes]) -> Iterator[Callable[..., Asking]]:
    """Serve Acme Notes 1.3.0: `start(sign=True)`."""
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    servers: list[DevServer] = []

    def start_one(**settings: Any) -> Asking:
        server = DevServer(dist, **settings).__enter__()
        servers.append(server)
        requests.get(server.feed_url, timeout=LIMIT)
        server.wait_for("feed")
        server.journal.clear()
        return Asking(server)

    yield start_one
    for server in servers:
        server.__exit__()


def test_the_answer_is_that_of_check_besides_the_address(
    start: Callable[..., Asking], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    asking = start()

    answer = asking.get(f"what-if{MAC}&arch=arm64")

    url = answer.pop("feed")
    with pytest.raises(SystemExit):
        run(["check", url, "--installed", "1.2.0", "--os", "macos", "--arch", "arm64", "--format", "json"])
    assert answer == json.loads(capsysbinary.readouterr().out)
    assert answer["offered"]["short_version"] == "1.3.0"


def test_the_question_is_no_request_of_a_client(start: Callable[..., Asking]) -> None:
    asking = start()

    asking.get(f"what-if{MAC}")

    assert asking.server.journal.exchanges == ()


IN_FORCE = {
    "no-update": None,
    "min-os": "minimum-system-version",
    "status:code=500": "http-status",
    "redirect": "redirect",
    "malformed-feed": "malformed-feed",
}


@pytest.mark.parametrize(("spec", "rule"), IN_FORCE.items(), ids=list(IN_FORCE))
def test_what_is_in_force_counts(start: Callable[..., Asking], spec: str, rule: str | None) -> None:
    asking = start()
    asking.server.choose(spec)

    answer = asking.get(f"what-if{MAC}&os=macos-14.2")

    rules = [answer["problem"]["rule"]] if answer["problem"] else [item["rule"] for item in answer["items"]]
    assert answer["offered"] is None
    assert rules[:1] == ([rule] if rule else [])


def test_what_is_in_force_at_an_address_of_its_own_can_be_asked_for(start: Callable[..., Asking]) -> None:
    asking = start()

    answer = asking.get(f"what-if{MAC}&feed=/with/no-update/appcast.xml")

    assert answer["feed"] == f"{asking.server.url}/with/no-update/appcast.xml"
    assert (answer["offered"], answer["items"]) == (None, [])


@pytest.mark.parametrize("fault", ["status:times=1", "status:probability=50%"], ids=["times", "probability"])
def test_a_fault_that_does_not_strike_everyone_strikes_no_one_here_and_is_not_used_up(
    start: Callable[..., Asking], fault: str
) -> None:
    asking = start()
    asking.server.choose(fault)

    answers = [asking.get(f"what-if{MAC}") for _ in range(5)]

    assert all(answer["offered"] for answer in answers)
    assert asking.server.conditions.current.faults.counts == (0,)


@pytest.mark.parametrize(
    ("spec", "is_fine"), [("normal", True), ("bad-feed-signature", False)], ids=["signed", "wrongly signed"]
)
def test_the_signature_beside_the_feed_is_verified_with_the_key_in_force(
    start: Callable[..., Asking], spec: str, is_fine: bool
) -> None:
    asking = start(sign=True)
    asking.server.choose(spec)

    answer = asking.get("what-if?version=1.2.0&client=netsparkle&os=macos")

    assert (answer["problem"] is None) is is_fine
    assert (answer["offered"] is not None) is is_fine


def test_a_file_to_download_is_no_feed(start: Callable[..., Asking]) -> None:
    answer = start().get(f"what-if{MAC}&feed=/downloads/Acme-Notes-1.3.0.zip")

    assert answer["problem"]["rule"] == "malformed-feed"


def test_of_several_apps_one_has_to_be_named(
    start: Callable[..., Asking], dist: Path, mac_zip: Callable[..., bytes]
) -> None:
    asking = start()
    (dist / "Acme-Draw-2.0.zip").write_bytes(mac_zip("2.0", name="Acme Draw"))
    asking.server.rescan()

    unnamed, named = asking.get(f"what-if{MAC}"), asking.get(f"what-if{MAC}&app=acmedraw")

    assert "There are 2 apps here" in unnamed["problem"]["reason"]
    assert named["offered"]["short_version"] == "2.0"

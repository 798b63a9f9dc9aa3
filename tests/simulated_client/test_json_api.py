"""How a JSON API is asked, and that whatever it answers is judged and nothing raised."""

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.clients import ClientName, client_named
from ota_dev.simulated_client.decisions import Decision
from ota_dev.simulated_client.generic.update_check import decide_answer
from ota_dev.simulated_client.json_api import ask_json_api, is_json_api
from ota_dev.simulated_client.profile import Profile, System
from tests.simulated_client.answering import Server
from tests.simulated_client.asking import NOW

UPDATE = b'{"update_available": true, "latest_version": "1.3.0", "download_url": "https://acme.example/Acme.zip"}'
QUESTION = "/api/check?app=ota-dev-check&version=1.2.0&platform=darwin&arch=arm64"


def asked(url: str, platform: Platform = Platform.MACOS, architecture: Architecture = Architecture.ARM64) -> Decision:
    profile = Profile(installed="1.2.0", system=System(platform=platform), architecture=architecture, now=NOW)
    return ask_json_api(url, client_named(ClientName.GENERIC), profile, decide_answer)


@pytest.mark.parametrize(
    ("source", "is_api"),
    [
        ("http://127.0.0.1:8080/api/check", True),
        ("http://127.0.0.1:8080/with/down/api/check-update?app=acme", True),
        ("http://127.0.0.1:8080/appcast.xml", False),
        ("api/check", False),
        ("http://[/api/check", False),
    ],
)
def test_a_json_api_is_known_by_the_end_of_its_address(source: str, is_api: bool) -> None:
    assert is_json_api(source) is is_api


ASKED = {
    (Platform.MACOS, Architecture.ARM64): "platform=darwin&arch=arm64",
    (Platform.LINUX, Architecture.ARM64): "platform=linux&arch=aarch64",
    (Platform.WINDOWS, Architecture.X86_64): "platform=windows&arch=AMD64",
}


@pytest.mark.parametrize(("target", "words"), ASKED.items(), ids=ASKED.values())
def test_the_client_says_of_itself_what_python_says(
    target: tuple[Platform, Architecture], words: str, server: Server
) -> None:
    asked(f"{server.url}/api/check?app=acme", *target)

    assert [target for _, target, _ in server.requests] == [f"/api/check?app=acme&version=1.2.0&{words}"]


def test_an_answer_of_200_is_read(server: Server) -> None:
    server.put(QUESTION, UPDATE)

    decision = asked(f"{server.url}/api/check")

    assert decision.offered
    assert decision.offered.version == "1.3.0"


@pytest.mark.parametrize("status", [404, 500, 204])
def test_any_other_answer_reads_as_no_update(status: int, server: Server) -> None:
    server.put(QUESTION, b"" if status == 204 else UPDATE, status=status)

    decision = asked(f"{server.url}/api/check")

    assert decision.offered is None
    assert decision.problem
    assert f"answers {status}" in decision.problem.reason


def test_a_server_that_is_not_there_reads_as_no_update() -> None:
    decision = asked("http://127.0.0.1:1/api/check")

    assert decision.problem
    assert "which this client reads as no update, without an error" in decision.problem.reason

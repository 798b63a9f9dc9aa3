"""The scenarios about bytes and signatures, from a real server to `check`: each fails for the reason that it names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.demo import make_demo_folder
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.errors import FeedError
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.signing import PrivateKey, read_verifying_key
from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName, client_named
from ota_dev.simulated_client.downloading import Downloaded, download
from ota_dev.simulated_client.examination import Outcome
from ota_dev.simulated_client.profile import Profile, SecurityMode, System
from ota_dev.simulated_client.receiving import receive
from ota_dev.simulated_client.verification import AppKey
from tests.simulated_client.asking import NOW

SPARKLE, WINSPARKLE, NETSPARKLE, GENERIC = APPCAST_CLIENTS
FITS = "signature: fits the file"
HAS_NONE = "signature: the feed has none, and the app has a key"
DOES_NOT_FIT = "signature: the bytes are not those that were signed, or were signed with the private key of another"
NO_NOTES = "answers 404 Not Found: the update is offered without notes"

# What keeps a client from installing the update, or what it says of the part that the scenario is about.
EXPLAINED: dict[str, dict[ClientName, str]] = {
    "empty-feed": dict.fromkeys(APPCAST_CLIENTS, "the feed is empty"),
    "malformed-feed": dict.fromkeys(
        APPCAST_CLIENTS, "a character is not allowed here"
    ),  # its signature follows the cut
    "unsigned": {
        SPARKLE: HAS_NONE,
        WINSPARKLE: HAS_NONE,
        NETSPARKLE: "refused: signature",
        GENERIC: HAS_NONE,
    },
    "bad-signature": dict.fromkeys(APPCAST_CLIENTS, DOES_NOT_FIT),
    "wrong-key": dict.fromkeys(APPCAST_CLIENTS, DOES_NOT_FIT),
    "bad-feed-signature": {
        SPARKLE: "refused: feed-signature",
        WINSPARKLE: FITS,
        NETSPARKLE: "refused: feed-signature",
        GENERIC: FITS,
    },
    "missing-notes": {
        SPARKLE: NO_NOTES,
        WINSPARKLE: NO_NOTES,
        NETSPARKLE: NO_NOTES,
        GENERIC: FITS,  # It reads no links to notes.
    },
}


@pytest.fixture
def server(dist: Path) -> Iterator[DevServer]:
    """Serve the signed installers of the sample app in a feed that is signed itself."""
    make_demo_folder(dist)
    key = KeyInForce(key=PrivateKey.generate(), signs_feeds=True)
    with DevServer(ServerSettings(folder=dist, port=0, key=key, remember=False)) as running:
        running.rescan()
        yield running


def said_to(client_name: ClientName, server: DevServer, scenario: str) -> str:
    """Give what `check --download` says of the matter, to an app that demands every signature that its client knows."""
    client = client_named(client_name)
    key = read_verifying_key(server.public_key or "")
    profile = Profile(
        installed="1.2.0",
        system=System(platform=Platform.MACOS if client_name is SPARKLE else Platform.WINDOWS),
        now=NOW,
        trusted_key=AppKey(key),
        requires_signed_feed=True,
        security_mode=SecurityMode.STRICT,
    )
    try:
        [feed] = receive(f"{server.with_(scenario)}/appcast.xml", [(client, profile)])
    except FeedError as error:
        return str(error)
    decision = client.decide(feed, profile)
    if decision.offered is None:
        return " ".join(f"refused: {item.rule}" for item in decision.items)
    return _words(download(decision.offered, client, profile, key, lambda _: None))


def _words(downloaded: Downloaded) -> str:
    unusual = [found for found in downloaded.findings if found.outcome is not Outcome.GOOD or found.part == "signature"]
    return "\n".join(f"{found.part}: {found.reason}" for found in unusual)


@pytest.mark.parametrize(("name", "client"), [(name, client) for name, said in EXPLAINED.items() for client in said])
def test_a_scenario_is_explained(name: str, client: ClientName, server: DevServer) -> None:
    assert EXPLAINED[name][client] in said_to(client, server, name)


@pytest.mark.parametrize("client", APPCAST_CLIENTS)
def test_with_nothing_wrong_nothing_is_said_to_be(client: ClientName, server: DevServer) -> None:
    said = said_to(client, server, "normal")

    assert FITS in said
    assert "notes" not in said

"""Each scenario that bends a feed, judged by the simulated clients: the client fails for the reason that it names."""

from datetime import datetime, timedelta

import pytest

from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.scenario import bent, choose
from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName
from ota_dev.simulated_client.profile import System
from tests.simulated_client.asking import ask

SPARKLE, WINSPARKLE, NETSPARKLE, GENERIC = APPCAST_CLIENTS
MAC, WINDOWS = System(platform=Platform.MACOS, version="14.2"), System(platform=Platform.WINDOWS, version="10.0.22000")

# What a client with 1.2.0 is offered, and as what; where that is nothing, what refuses the newest item, if any.
EXPLAINED: dict[str, dict[ClientName, str]] = {
    "normal": {SPARKLE: "1.3.0", WINSPARKLE: "1.3.0", NETSPARKLE: "1.3.0", GENERIC: "1.3.0"},
    "update-available": {SPARKLE: "1.3.1", WINSPARKLE: "1.3.1", NETSPARKLE: "1.3.1", GENERIC: "1.3.1"},
    "no-update": {SPARKLE: "no item", WINSPARKLE: "no item", NETSPARKLE: "no item", GENERIC: "no item"},
    "same-version": {
        SPARKLE: "newer-than-installed",
        WINSPARKLE: "newer-than-installed",
        NETSPARKLE: "newer-than-installed",
        GENERIC: "newer-than-installed",
    },
    "older-version": {
        SPARKLE: "newer-than-installed",
        WINSPARKLE: "newer-than-installed",
        NETSPARKLE: "newer-than-installed",
        GENERIC: "newer-than-installed",
    },
    "stale-feed": {
        SPARKLE: "newer-than-installed",
        WINSPARKLE: "newer-than-installed",
        NETSPARKLE: "newer-than-installed",
        GENERIC: "newer-than-installed",
    },
    "critical": {
        SPARKLE: "1.3.0, critical",
        WINSPARKLE: "1.3.0, critical",
        NETSPARKLE: "1.3.0, critical",
        GENERIC: "1.3.0",
    },
    "informational": {SPARKLE: "1.3.0, informational", WINSPARKLE: "1.3.0", NETSPARKLE: "1.3.0", GENERIC: "1.3.0"},
    "major-upgrade": {SPARKLE: "1.3.0, major upgrade", WINSPARKLE: "1.3.0", NETSPARKLE: "1.3.0", GENERIC: "1.3.0"},
    "phased": {SPARKLE: "phased-rollout", WINSPARKLE: "1.3.0", NETSPARKLE: "1.3.0", GENERIC: "1.3.0"},
    "min-os": {
        SPARKLE: "minimum-system-version",
        WINSPARKLE: "minimum-system-version",
        NETSPARKLE: "1.3.0",
        GENERIC: "1.3.0",
    },
    "max-os": {SPARKLE: "maximum-system-version", WINSPARKLE: "1.3.0", NETSPARKLE: "1.3.0", GENERIC: "1.3.0"},
    "channel-beta": {
        SPARKLE: "channel",
        WINSPARKLE: "newer-than-installed",
        NETSPARKLE: "newer-than-installed",
        GENERIC: "newer-than-installed",
    },
}
ABOUT_BYTES = {
    "empty-feed",
    "malformed-feed",
    "missing-notes",
    "unsigned",
    "bad-signature",
    "wrong-key",
    "bad-feed-signature",
}  # explained over a real server, in tests/journeys/test_explained_scenarios.py


def said_by(client: ClientName, name: str, catalog: Catalog, now: datetime) -> str:
    app = bent(catalog, [choose(name, SCENARIOS)], Asker.of(now, "1.2.0")).apps[0]
    feed = AppcastFeed().render(app, Links("https://acme.example/"))
    is_mac = client is SPARKLE
    decision = ask(
        client,
        feed,
        installed="1200" if is_mac else "1.2.0",
        system=MAC if is_mac else WINDOWS,
        architecture=Architecture.ARM64 if is_mac else Architecture.X86_64,
        now=now + timedelta(minutes=1),
        group=3,
        is_scheduled=name == "phased",
    )
    if offer := decision.offered:
        kinds = {
            "critical": offer.is_critical,
            "informational": offer.is_informational,
            "major upgrade": offer.is_major_upgrade,
        }
        return ", ".join([offer.short_version, *(kind for kind, applies in kinds.items() if applies)])
    newest = next((item for item in decision.items if item.rule != "os-mark"), None)
    return newest.rule or "" if newest else "no item"


@pytest.mark.parametrize(("name", "client"), [(name, client) for name, said in EXPLAINED.items() for client in said])
def test_a_scenario_is_explained(name: str, client: ClientName, catalog: Catalog, asker: Asker) -> None:
    assert said_by(client, name, catalog, asker.now) == EXPLAINED[name][client]


def test_no_scenario_is_forgotten() -> None:
    assert EXPLAINED.keys() | ABOUT_BYTES == SCENARIOS.keys()

"""What each client makes of feeds that other tools, and people, wrote."""

from pathlib import Path
from typing import Any

import pytest

from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName
from tests.simulated_client.asking import ask, verdicts

OUTSIDE = Path(__file__).parents[1] / "feeds" / "appcast" / "outside"
SPARKLE, WINSPARKLE, NETSPARKLE, GENERIC = APPCAST_CLIENTS

OLDER = "eligible: highest-version"
INSTALLED = "refused: newer-than-installed"
OTHER_OS = "refused: os-mark"
NO_VERSION = "refused: version"

JUDGED: dict[str, tuple[str, ClientName, dict[str, Any], list[str]]] = {
    "Sparkle sees no beta": ("sparkle", SPARKLE, {"installed": "110"}, ["refused: channel", "offered"]),
    "Sparkle sees the beta it asks for": (
        "sparkle",
        SPARKLE,
        {"installed": "110", "channels": frozenset({"beta"})},
        ["offered", OLDER],
    ),
    "WinSparkle sees every beta": ("sparkle", WINSPARKLE, {"installed": "110"}, ["offered", OLDER]),
    "a hand-written client finds no version in Sparkle's feed": (
        "sparkle",
        GENERIC,
        {"installed": "110"},
        [NO_VERSION, NO_VERSION],
    ),
    "Sparkle wants nothing of WinSparkle's feed": ("winsparkle", SPARKLE, {}, [OTHER_OS, OTHER_OS]),
    "WinSparkle takes the file for its architecture": ("winsparkle", WINSPARKLE, {}, ["offered", OLDER]),
    "WinSparkle takes a fourth number for newer": (
        "winsparkle",
        WINSPARKLE,
        {"installed": "1.3.0"},
        ["offered", INSTALLED],
    ),
    "NetSparkle takes the first file of WinSparkle's": ("winsparkle", NETSPARKLE, {}, ["offered", OLDER]),
    "NetSparkle takes what is for Windows": ("netsparkle", NETSPARKLE, {}, ["offered", OTHER_OS]),
    "a hand-written client takes what is marked for it": (
        "by_hand",
        GENERIC,
        {"installed": "1.2.0"},
        ["offered", OTHER_OS, NO_VERSION],
    ),
    "Sparkle opens a page where there is no file": (
        "by_hand",
        SPARKLE,
        {"installed": "1.2.0"},
        ["offered", OTHER_OS, OLDER],
    ),
}


@pytest.mark.parametrize(("name", "client", "profile", "expected"), JUDGED.values(), ids=JUDGED)
def test_it_is_so_that(name: str, client: ClientName, profile: dict[str, Any], expected: list[str]) -> None:
    assert verdicts(ask(client, (OUTSIDE / f"{name}.xml").read_bytes(), **profile)) == expected


def test_a_delta_from_the_installed_version_comes_first() -> None:
    offered = ask(
        SPARKLE, (OUTSIDE / "sparkle.xml").read_bytes(), installed="120", channels=frozenset({"beta"})
    ).offered

    assert offered
    assert offered.delta
    assert offered.delta.url == "https://acme.example/Acme%20Notes130-120.delta"

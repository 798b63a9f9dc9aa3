"""What `docs/how-to/check.md` says is so."""

from pathlib import Path

import pytest

from ota_dev.simulated_client.electron_updater.rules import RULES as ELECTRON_UPDATER
from ota_dev.simulated_client.generic.rules import RULES as GENERIC
from ota_dev.simulated_client.netsparkle.rules import RULES as NETSPARKLE
from ota_dev.simulated_client.sparkle.rules import RULES as SPARKLE
from ota_dev.simulated_client.tauri.rules import RULES as TAURI
from ota_dev.simulated_client.velopack.rules import AFTER_DOWNLOAD
from ota_dev.simulated_client.velopack.rules import RULES as VELOPACK
from ota_dev.simulated_client.winsparkle.rules import RULES as WINSPARKLE

TEXT = (Path(__file__).parents[2] / "docs" / "how-to" / "check.md").read_text("utf-8")
NAMES = {
    "Sparkle 2.9, of items": [rule.name for rule in SPARKLE],
    "WinSparkle 0.9": [rule.name for rule in WINSPARKLE],
    "NetSparkle 3.0": [rule.name for rule in NETSPARKLE],
    "hand-written": [rule.name for rule in GENERIC],
    "electron-updater 6": [rule.name for rule in ELECTRON_UPDATER],
    "Velopack 1": [rule.name for rule in (*VELOPACK, *AFTER_DOWNLOAD)],
    "Tauri 2": [rule.name for rule in TAURI],
}


@pytest.mark.parametrize("client", NAMES)
def test_the_rules_of_a_client_are_listed_in_its_order(client: str) -> None:
    row = TEXT[TEXT.index(f"| {client} |") :].splitlines()[0]

    places = [row.index(f"`{name}`") for name in NAMES[client]]
    assert places == sorted(places)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.targets import Platform
from ota_dev.journal import Client, asking_client, recognise

AGENTS = {
    "Acme Notes/1.2.0 Sparkle/2.9.0": Client(
        family="Sparkle", family_version="2.9.0", app="Acme Notes", version="1.2.0"
    ),
    "Acme Notes/1.2 beta 3 Sparkle/2.9.0": Client(
        family="Sparkle", family_version="2.9.0", app="Acme Notes", version="1.2 beta 3"
    ),
    "AcmeNotes/1.2.0 WinSparkle/0.9.3 (Win64)": Client(
        family="WinSparkle", family_version="0.9.3", app="AcmeNotes", version="1.2.0"
    ),
    "python-requests/2.32.5": Client(family="python-requests", family_version="2.32.5"),
    "curl/8.5.0": Client(family="curl", family_version="8.5.0"),
    "electron-builder": Client(family="electron-updater"),
    "tauri-plugin-updater/2.9.0": Client(family="Tauri", family_version="2.9.0"),
    "Velopack/0.0.1298": Client(family="Velopack", family_version="0.0.1298"),
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": Client(family="browser"),
    "": Client(),
    "(;;)": Client(),
}


@pytest.mark.parametrize("agent", AGENTS)
def test_a_client_is_recognised_by_its_user_agent(agent: str) -> None:
    assert recognise(agent) == AGENTS[agent]


def test_sparkle_runs_on_macos_only_and_winsparkle_on_windows_only() -> None:
    assert recognise("Acme/1.0 Sparkle/2.9").platform is Platform.MACOS
    assert recognise("Acme/1.0 WinSparkle/0.9.3 (Win64)").platform is Platform.WINDOWS
    assert recognise("curl/8.5.0").platform is None


def test_an_endless_user_agent_is_cut() -> None:
    client = recognise("A" * 100_000 + "/1.0 Sparkle/2.9")

    assert len(client.family) <= 80


@given(st.text(max_size=200))
def test_no_user_agent_raises_or_leaves_control_characters(agent: str) -> None:
    client = recognise(agent + "/1\x1b[2J Sparkle/\u202e2")

    assert not any("\x1b" in (text or "") for text in (client.family, client.app, client.version))
    assert "\u202e" not in (client.family_version or "")


@pytest.mark.parametrize(
    ("query", "client"),
    [
        (
            {"app": "acmenotes", "version": "1.2.0", "platform": "darwin", "arch": "arm64"},
            Client(family="python-requests", app="acmenotes", version="1.2.0", os="darwin"),
        ),
        (
            {"id": "AcmeNotes", "localVersion": "1.2.0", "stagingId": "x"},
            Client(family="Velopack", app="AcmeNotes", version="1.2.0"),
        ),
        (
            {"appName": "Acme Notes", "appVersion": "120", "osVersion": "14.2"},
            Client(family="python-requests", app="Acme Notes", version="120", os="14.2"),
        ),
        ({"version": "\x1b[2J"}, Client(family="python-requests", version="\\x1b[2J")),
        ({"channel": "beta"}, Client(family="python-requests")),
    ],
    ids=["a hand-written client", "Velopack", "a system profile", "something hostile", "nothing of the client"],
)
def test_what_the_user_agent_leaves_open_is_taken_from_the_query(query: dict[str, str], client: Client) -> None:
    assert asking_client("python-requests", query) == client


def test_the_user_agent_goes_before_the_query() -> None:
    client = asking_client("Acme Notes/1.2.0 Sparkle/2.9.0", {"appName": "Other", "appVersion": "7"})

    assert (client.app, client.version) == ("Acme Notes", "1.2.0")

"""Velopack's real client, as PyPI has it, against a server of packages: what it finds, takes and refuses."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ota_dev.dev_server import DevServer
from ota_dev.journal import sessions_of
from tests.clients.velopack import client
from tests.installers.recipes.nupkg import write_package

NOTES = "<releaseNotes>*Faster*</releaseNotes>"
Update = Callable[..., Any]
WaitUntil = Callable[[Callable[[], object]], None]


@pytest.fixture
def server(dist: Path) -> Iterator[DevServer]:
    """Serve two releases of an app for Linux, and one for Windows."""
    write_package(dist / "AcmeNotes-1.2.0-linux-full.nupkg", "1.2.0", "linux")
    write_package(dist / "AcmeNotes-1.3.0-linux-full.nupkg", "1.3.0", "linux", NOTES)
    write_package(dist / "AcmeNotes-1.4.0-full.nupkg", "1.4.0")
    with DevServer(dist) as running:
        yield running


@pytest.fixture
def update(server: DevServer, tmp_path: Path) -> Update:
    """Let an app update once: `update("1.2.0", under="/with/corrupt", channel="linux")`."""

    def run(version: str, under: str = "", channel: str = "linux") -> Any:
        arguments = (server.url + under, version, channel, str(tmp_path / "installed"))
        command = [sys.executable, client.__file__, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50)
        return json.loads(done.stdout)

    return run


def test_an_update_is_found_downloaded_and_verified(
    update: Update, server: DevServer, dist: Path, wait_until: WaitUntil
) -> None:
    size = (dist / "AcmeNotes-1.3.0-linux-full.nupkg").stat().st_size

    assert update("1.2.0") == {"found": "1.3.0", "notes": "*Faster*", "bytes": size}
    wait_until(lambda: server.journal.recorded == 2)
    (session,) = sessions_of(server.journal.exchanges)
    assert (session.client.family, session.client.app, session.client.version) == ("Velopack", "AcmeNotes", "1.2.0")
    assert [step.sentence for step in session.steps] == [
        "asked the feed: offered 1.3.0 to 1.2.0",
        "downloaded AcmeNotes-1.3.0-linux-full.nupkg",
    ]


@pytest.mark.parametrize("version", ["1.3.0", "2.0.0"])
def test_who_has_the_newest_finds_none(update: Update, version: str) -> None:
    assert update(version) == {"found": None}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("corrupt", "Checksum did not match"),
        ("wrong-hash", "Checksum did not match"),
        ("wrong-length", "Size did not match"),
    ],
)
def test_what_is_not_as_promised_is_refused(update: Update, fault: str, error: str) -> None:
    assert error in update("1.2.0", f"/with/{fault}")["error"]


def test_the_very_build_that_runs_sees_an_update_under_a_higher_version(update: Update) -> None:
    assert update("1.3.0", "/with/update-available")["found"] == "1.4.1"


def test_no_update_is_none(update: Update) -> None:
    assert update("1.2.0", "/with/no-update") == {"found": None}


def test_a_channel_has_what_was_built_for_it(update: Update, dist: Path, server: DevServer) -> None:
    write_package(dist / "AcmeNotes-1.3.5-linux-beta-full.nupkg", "1.3.5", "linux", "<channel>linux-beta</channel>")
    server.rescan()

    assert update("1.2.0", channel="linux-beta")["found"] == "1.3.5"


def test_one_app_of_several_has_an_address_of_its_own(update: Update, dist: Path, server: DevServer) -> None:
    other = write_package(dist / "Other-9.0.0-linux-full.nupkg", "9.0.0", "linux")
    other.with_name(f"{other.name}.yaml").write_text("app: Other\n")
    server.rescan()

    assert update("1.2.0", "/apps/acmenotes")["found"] == "1.3.0"

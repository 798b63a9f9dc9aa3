"""The real electron-updater against ota-dev: what it takes, what it refuses, and how little it fetches."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.catalog.resources import Resource
from ota_dev.client_setup import Target, client_setups
from ota_dev.dev_server import DevServer
from ota_dev.journal import Exchange, Verdict, judge, sessions_of
from tests.clients.electron_updater.running import LINUX, MACOS, WINDOWS, ElectronApp
from tests.installers.recipes.appimage import appimage

Build = Callable[..., Path]
OLD = random.Random(9).randbytes(600_000)
NEW = OLD[:200_000] + b"new" + OLD[200_000:400_000] + b"newer" + OLD[400_000:]
INSTALLERS = {WINDOWS: "Acme-Notes-Setup-{}.exe", MACOS: "Acme-Notes-{}-mac.zip", LINUX: "Acme-Notes-{}.AppImage"}


@pytest.fixture
def shelf(dist: Path) -> Path:
    """Put Acme Notes 1.2.0 and 1.3.0 for Windows into the folder."""
    for version, content in (("1.2.0", OLD), ("1.3.0", NEW)):
        (dist / INSTALLERS[WINDOWS].format(version)).write_bytes(content)
    return dist


def at(url: str, channel: str = "latest") -> str:
    """Give the lines that ota-dev tells to put into `dev-app-update.yml`, for another *channel*."""
    (setup,) = [setup for setup in client_setups(Target(server_url=url)) if setup.client == "electron-updater"]
    assert setup.steps[0].snippet
    return setup.steps[0].snippet.text.replace('"latest"', f'"{channel}"')


def downloads(server: DevServer) -> list[Exchange]:
    return [exchange for exchange in server.journal.exchanges if exchange.resource is Resource.DOWNLOAD]


def sent(server: DevServer) -> int:
    return sum(exchange.sent for exchange in downloads(server))


def test_an_update_is_found_downloaded_and_verified(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.url))

    assert (came.found, came.error) == ("1.3.0", None)
    assert came.content == NEW
    assert {exchange.client.family for exchange in server.journal.exchanges} == {"electron-updater"}


@pytest.mark.parametrize("system", [MACOS, LINUX], ids=lambda system: system[1])
def test_every_system_finds_its_own_feed(
    system: tuple[str, str, str], dist: Path, mac_zip: Callable[..., bytes], build: Build, electron_app: ElectronApp
) -> None:
    content = mac_zip("1.3.0") if system is MACOS else build(appimage).read_bytes()
    (dist / INSTALLERS[system].format("1.3.0")).write_bytes(content)

    with DevServer(dist) as server:
        came = electron_app.update(at(server.url), system, version="1.0.0")

    assert came.error is None
    assert came.content == content


def test_who_has_the_newest_version_finds_nothing(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.url), version="1.3.0")

    assert (came.found, came.error) == (None, None)
    assert downloads(server) == []


def test_an_older_version_is_an_update_to_who_allows_downgrades(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        refused = electron_app.update(at(server.url), version="2.0.0")
        came = electron_app.update(at(server.url), version="2.0.0", allowDowngrade=True)

    assert (refused.found, came.found) == (None, "1.3.0")


def test_a_channel_is_for_those_who_ask_for_it(shelf: Path, electron_app: ElectronApp) -> None:
    beta = shelf / INSTALLERS[WINDOWS].format("1.4.0-beta.1")
    beta.write_bytes(NEW)
    beta.with_name(f"{beta.name}.yaml").write_text("channel: beta\n")

    with DevServer(shelf) as server:
        found = [electron_app.update(at(server.url, channel)).found for channel in ("latest", "beta", "nightly")]

    assert found == ["1.3.0", "1.4.0-beta.1", "1.3.0"]


def test_staging_is_for_some_of_a_hundred(shelf: Path, electron_app: ElectronApp) -> None:
    (shelf / f"{INSTALLERS[WINDOWS].format('1.3.0')}.yaml").write_text("staging: 25\n")
    ids = {group: electron_app.folder / group / "user-data" for group in ("00000000", "ffffffff")}
    found = {}

    with DevServer(shelf) as server:
        for group, folder in ids.items():
            folder.mkdir(parents=True)
            (folder / ".updaterId").write_text(f"f6d8c1d4-1c5b-5e9e-8c2b-1234{group}")
            app = ElectronApp(modules=electron_app.modules, folder=folder.parent)
            found[group] = app.update(at(server.url)).found

    assert found == {"00000000": "1.3.0", "ffffffff": None}


def test_only_the_blocks_that_changed_are_fetched_in_one_request(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.url), installer=OLD)

    *maps, blocks = downloads(server)
    assert came.content == NEW
    assert [exchange.target.rpartition("-")[2] for exchange in maps] == ["1.3.0.exe.blockmap", "1.2.0.exe.blockmap"]
    assert (blocks.status, blocks.asked_range.count(",")) == (206, 1)
    assert sent(server) < len(NEW) / 5


def test_a_mac_fetches_only_the_blocks_that_changed(
    dist: Path, mac_zip: Callable[..., bytes], electron_app: ElectronApp
) -> None:
    old, new = OLD + mac_zip("1.2.0"), NEW + mac_zip("1.3.0")
    for version, content in (("1.2.0", old), ("1.3.0", new)):
        (dist / INSTALLERS[MACOS].format(version)).write_bytes(content)

    with DevServer(dist) as server:
        came = electron_app.update(at(server.url), MACOS, installer=old)

    assert came.content == new
    assert sent(server) < len(new) / 5


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("corrupt", "ERR_CHECKSUM_MISMATCH"),
        ("wrong-hash", "ERR_CHECKSUM_MISMATCH"),
        ("status:code=503", "HTTP_ERROR_503"),
        ("status:code=404,target=feed", "ERR_UPDATER_CHANNEL_FILE_NOT_FOUND"),
        ("html-instead:target=feed", "ERR_UPDATER_INVALID_VERSION"),
        ("malformed-feed:how=cut", "ERR_UPDATER_INVALID_UPDATE_INFO"),
        ("malformed-feed:how=undeclared-prefix", "ERR_UPDATER_INVALID_UPDATE_INFO"),
        ("malformed-feed:how=bad-entity", "ERR_UPDATER_INVALID_UPDATE_INFO"),
        ("malformed-feed:how=wrong-encoding", "ERR_UPDATER_INVALID_UPDATE_INFO"),
        ("malformed-feed:how=empty", "ERR_UPDATER_INVALID_UPDATE_INFO"),
    ],
)
def test_what_is_broken_on_the_way_is_refused(fault: str, code: str, shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.with_(fault)))

    assert came.files == []
    assert came.error_code == code


@pytest.mark.parametrize("fault", ["truncate:after=50%", "reset:after=50%"])
def test_a_download_that_is_cut_short_is_refused(fault: str, shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.with_(fault)), disableDifferentialDownload=True)

    assert came.found == "1.3.0"
    assert came.files == []
    assert came.error


def test_a_stall_that_ends_is_waited_for(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.with_("stall:after=50%,for=300ms")))

    assert came.content == NEW


def test_without_ranges_the_whole_is_fetched(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.with_("no-range")), installer=OLD)

    assert came.content == NEW
    assert sent(server) > len(NEW)


@pytest.mark.parametrize(
    ("scenario", "found"),
    [
        ("update-available", "1.3.1"),
        ("update-available:version=2.0.0", "2.0.0"),
        ("no-update", None),
        ("same-version:host=1.2.0", None),
        ("older-version", None),
        ("stale-feed", None),
        ("channel-beta", None),
        ("critical", "1.3.0"),
        ("informational", "1.3.0"),
        ("major-upgrade", "1.3.0"),
        ("phased", "1.3.0"),
        ("min-os", "1.3.0"),
        ("max-os", "1.3.0"),
        ("missing-notes", "1.3.0"),
    ],
)
def test_a_scenario_says_what_is_offered(
    scenario: str, found: str | None, shelf: Path, electron_app: ElectronApp
) -> None:
    with DevServer(shelf, scenario=scenario) as server:
        came = electron_app.update(at(server.url))

    assert (came.found, came.error) == (found, None)
    assert not found or came.content == NEW


def test_an_advertised_version_is_downloaded_whole_by_who_has_another_installer(
    shelf: Path, electron_app: ElectronApp
) -> None:
    with DevServer(shelf, scenario="update-available") as server:
        came = electron_app.update(at(server.url), installer=OLD)

    assert came.content == NEW
    assert sent(server) > len(NEW)


@pytest.mark.parametrize("scenario", ["unsigned", "bad-signature", "wrong-key", "bad-feed-signature"])
def test_signatures_by_ota_dev_mean_nothing_to_it(scenario: str, shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf, scenario=scenario, sign=True) as server:
        came = electron_app.update(at(server.url))

    assert came.content == NEW


def test_an_advertised_version_is_made_of_the_installer_that_the_app_has(
    shelf: Path, electron_app: ElectronApp
) -> None:
    with DevServer(shelf, scenario="update-available") as server:
        came = electron_app.update(at(server.url), version="1.3.0", installer=NEW)

    assert came.content == NEW
    assert sent(server) < len(NEW) / 5


def test_the_journal_tells_it_as_one_story(shelf: Path, electron_app: ElectronApp) -> None:
    with DevServer(shelf) as server:
        electron_app.update(at(server.url), installer=OLD)

    (session,) = sessions_of(server.journal.exchanges)
    assert [step.sentence for step in session.steps] == [
        "asked the feed: offered 1.3.0",
        "fetched Acme-Notes-Setup-1.3.0.exe.blockmap",
        "fetched Acme-Notes-Setup-1.2.0.exe.blockmap",
        "downloaded the 8 % that it lacked of Acme-Notes-Setup-1.3.0.exe",
    ]
    verdict = judge(
        Expectation(of_client=Expected.MUST_DOWNLOAD_COMPLETELY), server.journal.exchanges, datetime.now(UTC)
    )
    assert (verdict.verdict, verdict.is_settled) == (Verdict.PASS, True)


def test_an_app_whose_version_is_not_in_the_folder_is_told_to_download_the_whole(
    shelf: Path, electron_app: ElectronApp
) -> None:
    with DevServer(shelf) as server:
        came = electron_app.update(at(server.url), version="1.1.0", installer=OLD)

    (missing,) = [exchange for exchange in server.journal.exchanges if exchange.status == 404]
    assert came.content == NEW
    assert missing.note.endswith("harmless, electron-updater downloads the whole installer instead.")

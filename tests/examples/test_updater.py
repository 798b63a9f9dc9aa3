"""The example of a hand-written updater behaves under everything that can go wrong, as the server saw it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examples.updater import UpdateError, Updater
from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.dev_server import DevServer
from ota_dev.journal import Exchange, Verdict, judge
from ota_dev.scenarios.catalogue import SCENARIOS

INSTALLED, NEWEST = "1.2.0", "1.3.0"
INSTALLS, REFUSES, HAS_NONE = Expected.MUST_DOWNLOAD_COMPLETELY, Expected.MUST_REFUSE, Expected.MUST_NOT_DOWNLOAD
# For those that expect nothing of clients in general.
OF_THIS_UPDATER = {"normal": INSTALLS, "stale-feed": HAS_NONE, "major-upgrade": HAS_NONE, "phased": INSTALLS}
EXPECTED = {
    name: scenario.expect.of_client if scenario.expect else OF_THIS_UPDATER[name]
    for name, scenario in SCENARIOS.items()
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """What became of an update and of the next look for one."""

    version: str  # that is installed in the end
    failed: bool
    exchanges: tuple[Exchange, ...]

    def downloads(self) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.resource == "download"]

    def verdict(self, expected: Expected) -> Verdict:
        return judge(Expectation(of_client=expected), self.exchanges, datetime.now(UTC)).verdict


Drive = Callable[..., Run]


@pytest.fixture
def drive(dist: Path, mac_zip: Callable[..., bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """Let the app look for updates twice, as after a restart."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for version in (INSTALLED, NEWEST):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version, size=100_000))
        (dist / f"Acme-Notes-{version}.md").write_text(f"What is new in {version}\n", "utf-8")
    app = tmp_path / "app"
    app.mkdir()
    (app / "version.txt").write_text(INSTALLED, "ascii")

    def run(*, scenario: str | None = None, faults: tuple[str, ...] = ()) -> Run:
        with DevServer(dist, scenario=scenario, faults=faults, sign=True) as server:
            updater = Updater(
                feed_url=server.feed_url,
                folder=app,
                public_key=server.public_key or "",
                system="macos",
                system_version="14.2",
                silence=0.5,
                pause=lambda _: None,
            )
            failed = True
            with suppress(UpdateError):
                updater.update()
                failed = False
            with suppress(UpdateError):
                updater.update()
        return Run(version=updater.version, failed=failed, exchanges=server.journal.exchanges)

    return run


@pytest.mark.parametrize(("scenario", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_the_updater_does_what_a_scenario_expects(drive: Drive, scenario: str, expected: Expected) -> None:
    run = drive(scenario=scenario)

    assert run.verdict(expected) is Verdict.PASS
    assert run.failed is (expected == REFUSES)
    assert (run.version > INSTALLED) is (expected == INSTALLS)


FAULTS = {
    "latency:delay=20ms": INSTALLS,
    "bandwidth:rate=1MB": INSTALLS,
    "stall:times=1": INSTALLS,
    "truncate:times=1": INSTALLS,
    "truncate": REFUSES,
    "reset:times=1": INSTALLS,
    "reset:after=0": REFUSES,
    "empty-response": REFUSES,
    "empty-response:times=1,target=download": INSTALLS,
    "down": REFUSES,
    "status": REFUSES,
    "status:times=2,target=download": INSTALLS,
    "redirect:hops=3": INSTALLS,
    "redirect:loop=true": REFUSES,
    "html-instead": REFUSES,
    "html-instead:target=download": REFUSES,
    "no-range": INSTALLS,
    "corrupt": REFUSES,
    "corrupt:bytes=1": REFUSES,
    "wrong-length": REFUSES,
    "malformed-feed:how=undeclared-prefix": REFUSES,
    "malformed-feed:how=bad-entity": REFUSES,
    "malformed-feed:how=wrong-encoding": REFUSES,
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items(), ids=FAULTS)
def test_the_updater_withstands_a_fault(drive: Drive, fault: str, expected: Expected) -> None:
    run = drive(faults=(fault,))

    assert run.verdict(expected) is Verdict.PASS
    assert run.failed is (expected == REFUSES)
    assert run.version == (NEWEST if expected == INSTALLS else INSTALLED)


@pytest.mark.parametrize("fault", ["truncate:times=1", "stall:times=1"])
def test_a_download_that_broke_off_goes_on_where_it_was(drive: Drive, fault: str) -> None:
    first, second = drive(faults=(fault,)).downloads()

    assert second.asked_range == f"bytes={first.sent}-"
    assert second.status == 206
    assert second.expected == first.expected - first.sent


def test_a_download_that_broke_off_begins_anew_where_there_are_no_ranges(drive: Drive) -> None:
    run = drive(faults=("truncate:times=1", "no-range"))

    first, second = run.downloads()
    assert second.asked_range
    assert (second.status, second.sent) == (200, first.expected)
    assert run.version == NEWEST


def test_a_download_that_failed_is_asked_for_again(drive: Drive) -> None:
    run = drive(faults=("status:times=1,target=download",))

    assert run.verdict(Expected.MUST_RETRY_WITHIN) is Verdict.PASS
    assert [exchange.status for exchange in run.downloads()] == [503, 200]


def test_the_app_comes_back_as_the_version_that_it_installed(drive: Drive) -> None:
    run = drive()

    assert [exchange.client.version for exchange in run.exchanges if exchange.resource == "feed"] == [INSTALLED, NEWEST]

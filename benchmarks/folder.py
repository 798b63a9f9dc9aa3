"""Folders of 10 to 10,000 installers: a warm `generate-appcast`, and how soon a new installer is in the served feed."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.folders import mac_zip, temporary_folder, write_installers
from benchmarks.processes import seconds_of, wait_until_idle
from benchmarks.servers import RunningServer, ota_dev
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, print_table, spread

_COUNTS = (10, 1_000, 10_000)
_PATIENCE = 30.0  # seconds


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with ExitStack() as resources:
        folders = {count: resources.enter_context(_folder(count)) for count in _COUNTS}
        _measure_warm(folders, rounds, verdicts)
        _measure_landing(folders, rounds, verdicts)


def _measure_warm(folders: dict[int, Path], rounds: int, verdicts: Verdicts) -> None:
    with temporary_folder() as cache:
        seconds = in_turn({str(count): partial(_generate, folder, cache) for count, folder in folders.items()}, rounds)
    print_table(
        ["installers", "warm generate-appcast, s"],
        [[f"{int(count):,}", spread(taken)] for count, taken in seconds.items()],
    )
    verdicts.at_most(1.5, median(seconds["10000"]), "s for a warm generate-appcast of 10,000 installers")
    print()


def _generate(folder: Path, cache: Path) -> float:
    command = [sys.executable, "-m", "ota_dev", "generate-appcast", "-q", "--dir", str(folder)]
    return seconds_of([*command, "--base-url", "https://example.com"], {"OTA_DEV_CACHE_DIR": str(cache)})


def _measure_landing(folders: dict[int, Path], rounds: int, verdicts: Verdicts) -> None:
    with ExitStack() as resources:
        shelves = {
            str(count): _Shelf(folder, resources.enter_context(ota_dev(folder))) for count, folder in folders.items()
        }
        landings = in_turn({name: shelf.land for name, shelf in shelves.items()}, rounds)
    print_table(
        ["installers", "closed to published, ms", "closed to the whole new feed received, ms"],
        [
            [
                f"{int(count):,}",
                spread([landing.published * 1000 for landing in seen], 0),
                spread([landing.received * 1000 for landing in seen], 0),
            ]
            for count, seen in landings.items()
        ],
    )
    received = median(landing.received for landing in landings["1000"]) * 1000
    verdicts.at_most(150, received, "ms from a writer's close to the new feed at 1,000 installers")


@dataclass(frozen=True, kw_only=True)
class _Landing:
    """The seconds from a writer's close until the new installer was published, and until a client had the feed."""

    published: float
    received: float


@dataclass
class _Shelf:
    """A served folder on which one installer after another lands."""

    folder: Path
    server: RunningServer
    _landed: int = field(default=0, init=False)

    def land(self) -> _Landing:
        """Write one small installer, and watch for it as an impatient client would."""
        wait_until_idle(self.server.pid)
        self._landed += 1
        version = f"2.0.{self._landed}"
        before = self._revision()
        (self.folder / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
        closed = time.perf_counter()
        while self._revision() == before:
            if time.perf_counter() > closed + _PATIENCE:
                raise TimeoutError(f"{version} is not published after {_PATIENCE:g} s")
            time.sleep(0.001)  # without a pause the questions would be what is measured
        published = time.perf_counter() - closed
        feed = self.server.get("/appcast.xml")
        received = time.perf_counter() - closed
        assert f"<sparkle:version>{version}<".encode() in feed
        return _Landing(published=published, received=received)

    def _revision(self) -> int:
        revision: int = json.loads(self.server.get("/health"))["revision"]
        return revision


@contextmanager
def _folder(count: int) -> Iterator[Path]:
    with temporary_folder() as folder:
        write_installers(folder, count)
        yield folder


if __name__ == "__main__":
    benchmark(measure, rounds=7)

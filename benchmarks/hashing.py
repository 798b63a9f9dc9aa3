"""SHA-256 of 1 GiB: the core call beside what the processor can do, the command beside openssl and sha256sum."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.folders import GIB, temporary_folder, write_file
from benchmarks.processes import seconds_of
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, paired_ratio, print_table, spread
from ota_dev.hashing import HashedFile, digest_file, digest_files

_OTA_DEV = [str(Path(sys.executable).with_name("ota-dev")), "hash"]


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with temporary_folder() as folder:
        one = write_file(folder / "one.dmg", GIB)
        two = write_file(folder / "two.dmg", GIB)
        _measure_one(one, rounds, verdicts)
        _measure_two(one, two, rounds, verdicts)


def _measure_one(file: Path, rounds: int, verdicts: Verdicts) -> None:
    speeds = _print_speeds(
        {
            "openssl speed, 16 KiB": _processor_speed,
            "digest_file": lambda: _speed(GIB, lambda: _digest(file)),
            "ota-dev hash": lambda: _speed_of([*_OTA_DEV, str(file)], GIB),
            "openssl dgst": lambda: _speed_of(["openssl", "dgst", "-sha256", str(file)], GIB),
            "sha256sum": lambda: _speed_of(["sha256sum", str(file)], GIB),
        },
        rounds,
    )
    core = paired_ratio(speeds["digest_file"], speeds["openssl speed, 16 KiB"])
    verdicts.at_least(0.8, core, "digest_file, in units of the processor's speed")
    command = paired_ratio(speeds["ota-dev hash"], speeds["openssl dgst"])
    verdicts.at_least(1, command, "ota-dev hash, in units of the speed of openssl dgst")
    print()


def _measure_two(one: Path, two: Path, rounds: int, verdicts: Verdicts) -> None:
    openssl = ["openssl", "dgst", "-sha256"]
    speeds = _print_speeds(
        {
            "one file, digest_file": lambda: _speed(GIB, lambda: _digest(one)),
            "two files, digest_files": lambda: _speed(2 * GIB, lambda: _digest_both(one, two)),
            "one file, ota-dev hash": lambda: _speed_of([*_OTA_DEV, str(one)], GIB),
            "two files, ota-dev hash": lambda: _speed_of([*_OTA_DEV, str(one), str(two)], 2 * GIB),
            "one file, openssl dgst": lambda: _speed_of([*openssl, str(one)], GIB),
            "two files, two openssl dgst at once": lambda: _speed(
                2 * GIB, lambda: _run_both([*openssl, str(one)], [*openssl, str(two)])
            ),
        },
        rounds,
    )
    one_file, two_files, command_one, command_two, openssl_one, openssl_two = speeds.values()
    verdicts.at_least(1.8, paired_ratio(two_files, one_file), "two files on two cores, in units of one, digest_files")
    verdicts.at_least(
        1.8, paired_ratio(command_two, command_one), "two files on two cores, in units of one, ota-dev hash"
    )
    print(f"- what the machine allows: {paired_ratio(openssl_two, openssl_one):.2f} with two processes of openssl")


def _print_speeds(candidates: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    speeds = in_turn(candidates, rounds)
    print_table(["SHA-256", "GB/s"], [[name, spread(speed)] for name, speed in speeds.items()])
    return speeds


def _processor_speed() -> float:
    """Give what `openssl speed` says in GB/s, for a second."""
    command = ["openssl", "speed", "-elapsed", "-seconds", "1", "-bytes", "16384", "-evp", "sha256"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    kilobytes = report.split()[-1]
    assert kilobytes.endswith("k"), report
    return float(kilobytes[:-1]) / 1e6


def _speed(size: int, work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return size / (time.perf_counter() - start) / 1e9


def _speed_of(command: list[str], size: int) -> float:
    return size / seconds_of(command) / 1e9


def _digest(file: Path) -> None:
    digest_file(file, ["sha256"])


def _digest_both(one: Path, two: Path) -> None:
    assert all(isinstance(result, HashedFile) for result in digest_files([one, two], ["sha256"]))


def _run_both(*commands: list[str]) -> None:
    for process in [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]:
        assert process.wait(60) == 0


if __name__ == "__main__":
    benchmark(measure, rounds=9, programs=("openssl", "sha256sum"))

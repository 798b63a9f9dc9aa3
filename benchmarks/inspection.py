"""What is inside installers of 300 MB: one of every kind, made by its packager or, where Debian has none, by a test."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.folders import temporary_folder
from benchmarks.side_by_side import Verdicts, benchmark, print_table, spread
from ota_dev.installers.reading import read_installer
from tests.installers.recipes.every_kind import EVERY_KIND, Sample

_BALLAST = 400_000_000  # bytes, which most packagers make 300 MB of
_LIMIT = 50  # ms

# Their formats have no directory, and are gone through from start to end: they are measured once, and have no target.
_GONE_THROUGH = ("mac.pkg", "mac.aar", "mac.tar", "mac.tar.gz", "mac.tar.bz2", "mac.tar.xz", "mac.tar.zst")
_LIKE_ANOTHER = ("mac.tar.lzma",)  # the same as xz, but for a few bytes

_PROGRAMS = ("bzip2", "dpkg-deb", "makensis", "mksquashfs", "rpmbuild", "tar", "wixl", "xorriso", "xz", "zip", "zstd")


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """How one installer was read."""

    size: int  # bytes, of the whole file
    read: int  # bytes, of the file
    milliseconds: list[float]


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    readings = {
        name: _measure(name, sample, rounds) for name, sample in EVERY_KIND.items() if name not in _LIKE_ANOTHER
    }
    looked_up = {name: reading for name, reading in readings.items() if name not in _GONE_THROUGH}
    print_table(
        ["looked up", "MB", "kB read", "ms"],
        [
            [name, f"{reading.size / 1e6:.0f}", f"{reading.read / 1e3:,.0f}", spread(reading.milliseconds)]
            for name, reading in looked_up.items()
        ],
    )
    print_table(
        ["gone through", "MB", "MB read", "s"],
        [
            [name, f"{reading.size / 1e6:.0f}", f"{reading.read / 1e6:.0f}", f"{reading.milliseconds[0] / 1e3:.2f}"]
            for name, reading in readings.items()
            if name in _GONE_THROUGH
        ],
    )
    slowest = max(looked_up, key=lambda name: median(looked_up[name].milliseconds))
    verdicts.at_most(
        _LIMIT, median(looked_up[slowest].milliseconds), f"ms for the slowest that is looked up, {slowest}"
    )


def _measure(name: str, sample: Sample, rounds: int) -> _Reading:
    """Make an installer, read it once to warm up, which is when its bytes are counted, and then measure."""
    with temporary_folder() as folder:
        installer = sample.recipe(folder, ballast=_BALLAST, **sample.options)
        before = _bytes_read()
        seconds = _seconds_to_read(installer)
        read = _bytes_read() - before
        measured = [seconds] if name in _GONE_THROUGH else [_seconds_to_read(installer) for _ in range(rounds)]
        return _Reading(size=installer.stat().st_size, read=read, milliseconds=[seconds * 1000 for seconds in measured])


def _seconds_to_read(installer: Path) -> float:
    start = time.perf_counter()
    facts = read_installer(installer)
    seconds = time.perf_counter() - start
    assert facts.short_version, installer
    return seconds


def _bytes_read() -> int:
    """Ask the kernel how many bytes this process has read so far."""
    return int(Path("/proc/self/io").read_text().split()[1])


if __name__ == "__main__":
    benchmark(measure, rounds=9, programs=_PROGRAMS)

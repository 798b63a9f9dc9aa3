"""A download of 1 GiB over loopback by curl, from ota-dev, nginx with sendfile, and the original server."""

import json
import subprocess
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from benchmarks.folders import GIB, temporary_folder, write_file
from benchmarks.processes import usage
from benchmarks.servers import SERVERS, RunningServer
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, paired_ratio, print_table, spread

_NAME = "Acme-Notes-1.0.0.dmg"


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with ExitStack() as resources:
        folder = resources.enter_context(temporary_folder())
        write_file(folder / _NAME, GIB)
        servers = {name: resources.enter_context(serve(folder)) for name, serve in SERVERS.items()}
        seen = in_turn({name: partial(_download, server) for name, server in servers.items()}, rounds)
    speeds = {name: [download.speed for download in downloads] for name, downloads in seen.items()}
    ours, sendfile, flask = speeds.values()
    print_table(
        ["server", "GB/s", "ota-dev is x times as fast", "server's processor seconds"],
        [
            [
                name,
                spread(speeds[name]),
                f"{paired_ratio(ours, speeds[name]):.2f}",
                spread([download.processor for download in downloads]),
            ]
            for name, downloads in seen.items()
        ],
    )
    verdicts.at_least(0.7, paired_ratio(ours, sendfile), "a download from ota-dev, in units of nginx's speed")
    verdicts.at_least(2, paired_ratio(ours, flask), "a download from ota-dev, in units of the original's speed")
    print(f"- for comparison, nginx in units of the original's speed: {paired_ratio(sendfile, flask):.2f}")


class _Download(NamedTuple):
    speed: float  # GB/s
    processor: float  # seconds that the server computed


def _download(server: RunningServer) -> _Download:
    before = usage(server.pid).processor
    command = ["curl", "-sS", "--fail", "--max-time", "60", "-o", "/dev/null", "-w", "%{json}"]
    report = json.loads(
        subprocess.run([*command, server.url(f"/downloads/{_NAME}")], check=True, capture_output=True).stdout
    )
    assert report["size_download"] == GIB, "the download is not whole"
    return _Download(speed=GIB / report["time_total"] / 1e9, processor=usage(server.pid).processor - before)


if __name__ == "__main__":
    benchmark(measure, rounds=15, programs=("curl", "nginx"))

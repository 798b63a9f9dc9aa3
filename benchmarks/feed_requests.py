"""Requests for the feed of 20 installers per second, by wrk: ota-dev, nginx with a static file, the original server."""

import re
import subprocess
from contextlib import ExitStack
from functools import partial

from benchmarks.folders import temporary_folder, write_installers
from benchmarks.servers import SERVERS, RunningServer
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, paired_ratio, print_table, spread

_CONNECTIONS = 16
_SECONDS = 2


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with ExitStack() as resources:
        folder = resources.enter_context(temporary_folder())
        write_installers(folder, 20)
        servers = {name: resources.enter_context(serve(folder)) for name, serve in SERVERS.items()}
        rates = in_turn({name: partial(_requests, server) for name, server in servers.items()}, rounds)
    ours, _, flask = (rates[name] for name in SERVERS)
    print_table(
        ["server", "requests per second", "ota-dev is x times as fast"],
        [[name, spread(rate, 0), f"{paired_ratio(ours, rate):.2f}"] for name, rate in rates.items()],
    )
    verdicts.at_least(10, paired_ratio(ours, flask), "feed requests per second, in units of the original's")


def _requests(server: RunningServer) -> float:
    """Give the requests per second that a server answers."""
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s", server.url("/appcast.xml")]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in report, report
    match = re.search(r"Requests/sec:\s+([\d.]+)", report)
    assert match, report
    return float(match[1])


if __name__ == "__main__":
    benchmark(measure, rounds=5, programs=("nginx", "wrk"))

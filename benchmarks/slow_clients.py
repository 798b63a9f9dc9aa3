"""200 clients that each download at 1 MB/s: what they cost a server, and how soon it answers for its feed meanwhile."""

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles

from benchmarks.folders import MIB, temporary_folder, write_file
from benchmarks.processes import usage
from benchmarks.servers import SERVERS, RunningServer
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, print_table, spread

_NAME = "Acme-Notes-1.0.0.dmg"
_CLIENTS = 200
_RATE = 1_000_000  # bytes per second
_SIP = 0.1  # seconds from one read of a client to its next
_GROUPS = 20  # clients of one group read together
_SECONDS = 8.0
_PROBES = 400


@dataclass(frozen=True, kw_only=True)
class _Strain:
    """What one server went through."""

    growth: float  # MiB of resident memory, at most, over the idle server
    idle_threads: int
    threads: set[int]  # numbers of threads seen while all clients were there
    feed: list[float]  # milliseconds
    received: float  # MB/s, by all clients together


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with temporary_folder() as folder:
        write_file(folder / _NAME, 256 * MIB)
        strains = in_turn({name: partial(_strain, serve, folder) for name, serve in SERVERS.items()}, rounds)
    print_table(
        ["server", "memory grows by MiB", "threads idle", "threads busy", "feed p50 ms", "feed p99 ms", "MB/s in all"],
        [_row(name, strain) for name, strain in strains.items()],
    )
    ours = strains["ota-dev"]
    verdicts.at_most(30, max(strain.growth for strain in ours), "MiB that ota-dev grows by, the worst round")
    verdicts.at_most(0, max(len(strain.threads) - 1 for strain in ours), "changes of ota-dev's number of threads")
    verdicts.at_most(100, median(_p99(strain) for strain in ours), "ms for ota-dev's feed, p99")
    verdicts.at_least(0.95 * _CLIENTS, median(strain.received for strain in ours), "MB/s that the clients got")


def _row(name: str, strains: list[_Strain]) -> list[str]:
    return [
        name,
        spread([strain.growth for strain in strains], 1),
        str(max(strain.idle_threads for strain in strains)),
        str(max(max(strain.threads) for strain in strains)),
        spread([median(strain.feed) for strain in strains], 1),
        spread([_p99(strain) for strain in strains], 1),
        spread([strain.received for strain in strains], 0),
    ]


def _p99(strain: _Strain) -> float:
    return quantiles(strain.feed, n=100)[98]


def _strain(serve: Callable[[Path], AbstractContextManager[RunningServer]], folder: Path) -> _Strain:
    """Start a server, and ask for its feed again and again while the slow clients read."""
    with serve(folder) as server:
        idle = usage(server.pid)
        with _slow_clients(server.port) as received:
            before, start = received.value, time.monotonic()
            looks, feed = [], []
            for number in range(_PROBES):
                time.sleep(max(0.0, start + number * _SECONDS / _PROBES - time.monotonic()))
                asked = time.perf_counter()
                server.get("/appcast.xml")
                feed.append((time.perf_counter() - asked) * 1000)
                looks.append(usage(server.pid))
            megabytes = (received.value - before) / 1e6 / (time.monotonic() - start)
    return _Strain(
        growth=max(look.resident for look in looks) - idle.resident,
        idle_threads=idle.threads,
        threads={look.threads for look in looks},
        feed=feed,
        received=megabytes,
    )


@contextmanager
def _slow_clients(port: int) -> "Iterator[Synchronized[int]]":
    """Run the clients in a process of their own; gives the bytes they have received so far."""
    received = multiprocessing.Value("q", 0)
    are_there = multiprocessing.Event()
    clients = multiprocessing.Process(target=_read_slowly, args=(port, received, are_there), daemon=True)
    clients.start()
    try:
        if not are_there.wait(60):
            raise TimeoutError("not every slow client was answered within 60 s")
        yield received
    finally:
        clients.terminate()
        clients.join()


def _read_slowly(port: int, received: "Synchronized[int]", are_there: Event) -> None:
    clients = [_begin(port) for _ in range(_CLIENTS)]
    for client in clients:
        client.recv(1)
        client.setblocking(False)
    are_there.set()
    start, buffer = time.monotonic(), memoryview(bytearray(int(_RATE * _SIP)))
    for number in count():
        # A few clients read at each moment, as clients that know nothing of each other would.
        time.sleep(max(0.0, start + number * _SIP / _GROUPS - time.monotonic()))
        received.value += sum(_sip(client, buffer) for client in clients[number % _GROUPS :: _GROUPS])


def _begin(port: int) -> socket.socket:
    client = socket.socket()
    # So little fits into the client's side that the server has to keep up all the time.
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 128 * 1024)
    client.settimeout(60)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET /downloads/{_NAME} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return client


def _sip(client: socket.socket, buffer: memoryview) -> int:
    taken = 0
    with suppress(BlockingIOError):
        while taken < len(buffer):
            length = client.recv_into(buffer[taken:])
            if not length:
                raise ConnectionError("a server ended a download early")
            taken += length
    return taken


if __name__ == "__main__":
    benchmark(measure, rounds=3, programs=("nginx",))

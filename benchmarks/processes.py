"""Starts programs, asks the kernel what they use, and ends them. Linux only: reads /proc."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Usage", "find_program", "seconds_of", "started", "usage", "wait_for_quiet", "wait_until_idle"]

_PATIENCE = 60.0  # seconds
_GLANCE = 0.1  # seconds
_TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def started(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in the background, and end it at the end; only its complaints are shown."""
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_program(name: str) -> str | None:
    """Find an installed program, `None` when it is missing."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")  # where nginx is, and not on every user's path


def seconds_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Run a program to its end, its output thrown away, and give the seconds that took.

    Raises:
        CalledProcessError: it failed, or took more than a minute and was ended.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL)
    # A limit that `wait` keeps is looked at every 50 ms, which would be all that is measured.
    limit = threading.Timer(_PATIENCE, process.kill)
    limit.start()
    try:
        code = process.wait()
        seconds = time.perf_counter() - start
    finally:
        limit.cancel()
    if code:
        raise subprocess.CalledProcessError(code, command)
    return seconds


def wait_for_quiet(patience: float) -> None:
    """Wait until the machine has nothing else to do, for *patience* seconds at most."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = _busy_seconds()
        time.sleep(_GLANCE)
        if _busy_seconds() - before <= _GLANCE / 10:
            return


class Usage:
    """What a process and its children use at one moment."""

    def __init__(self, resident: float, threads: int, processor: float) -> None:
        self.resident = resident  # MiB; what processes share counts for each
        self.threads = threads
        self.processor = processor  # seconds, so far


def usage(pid: int) -> Usage:
    """Ask the kernel what a process and its children use."""
    family = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    statuses = [_status(member) for member in family]
    return Usage(
        resident=sum(int(status["VmRSS"].split()[0]) for status in statuses) / 1024,
        threads=sum(int(status["Threads"]) for status in statuses),
        processor=sum(map(_processor_seconds, family)),
    )


def wait_until_idle(pid: int) -> None:
    """Wait until a process has used no processor time for a quarter of a second."""
    used = -1.0
    end = time.monotonic() + _PATIENCE
    while (now := usage(pid).processor) != used:
        if time.monotonic() > end:
            raise TimeoutError(f"process {pid} is still busy after {_PATIENCE:g} s")
        used = now
        time.sleep(0.25)


def _busy_seconds() -> float:
    """Give how long all cores together have been busy, ever."""
    user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
    return (user + nice + system) / _TICKS


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS

"""Whether the system reports that a file has landed. Makes a temporary folder, and one file in it."""

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

from ota_dev.diagnosis.facts import Fact
from ota_dev.watch import NATIVE_EVENTS, FolderWatch

__all__ = ["watching"]

_FILE = "Acme-Notes-1.0.dmg"


def watching(limit: timedelta) -> Iterator[Fact]:
    """Name what events come from, and time how long one took to come; *limit* is how long it may take."""
    settled: SimpleQueue[frozenset[Path] | None] = SimpleQueue()
    notes: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="ota-dev-doctor-") as folder,
        FolderWatch(Path(folder), concerns=lambda _: True, settled=settled.put, note=notes.append),
    ):
        seconds = _seconds_until_told(Path(folder, _FILE), settled, limit)
    yield Fact(name="events come from", value=f"looking every second: {notes[0]}" if notes else NATIVE_EVENTS)
    if seconds is None:
        problem = f"no event of a new file came within {limit.total_seconds():g} s: use serve --poll"
        yield Fact(name="a new file is told", value="never", problem=problem)
    else:
        yield Fact(name="a new file is told", value=f"after {seconds:.2f} s")


def _seconds_until_told(path: Path, settled: SimpleQueue[frozenset[Path] | None], limit: timedelta) -> float | None:
    begin = time.monotonic()
    deadline = begin + limit.total_seconds()
    path.write_bytes(b"an installer")
    while (left := deadline - time.monotonic()) > 0:
        try:
            told = settled.get(timeout=left)
        except Empty:
            break
        if told is not None and path in told:
            return time.monotonic() - begin
    return None

"""What every command needs to speak: results on stdout, talk on stderr, exit codes, progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

__all__ = ["ExitCode", "complain", "progress", "say", "write_result"]


class ExitCode(IntEnum):
    """What the exit codes mean."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    FAILED = 3


def write_result(result: str | bytes) -> None:
    """Write to stdout exactly these bytes (text as UTF-8, unpaired surrogates as they came), on every system."""
    data = result if isinstance(result, bytes) else result.encode("utf-8", "surrogateescape")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """Write one line to stderr."""
    print(message, file=sys.stderr, flush=True)


def complain(message: str) -> None:
    """Write one problem to stderr, under the program's name."""
    say(f"ota-dev: {message}")


@contextmanager
def progress(total: int, label: str) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on stderr while it is a terminal; the callback is given the bytes just done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.advance(task, done)

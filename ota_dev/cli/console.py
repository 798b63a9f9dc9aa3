"""What every command needs to speak: results on stdout, talk on stderr, exit codes, progress."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Self, TextIO

from ota_dev.errors import PublishingError

__all__ = [
    "DEBUG_VARIABLE",
    "ExitCode",
    "columns_of",
    "complain",
    "is_debugging",
    "printable",
    "progress",
    "say",
    "write_result",
]

DEBUG_VARIABLE = "OTA_DEV_DEBUG"


class ExitCode(IntEnum):
    """What the exit codes mean."""

    OK = 0, "All is well."
    FINDINGS = 1, "Something was found, or was not as it was expected to be."
    USAGE = 2, "An argument, an option, a key or the configuration cannot be used; nothing was done."
    FAILED = 3, "Something could not be started, read or written, or a server could not be reached."

    meaning: str  # in a sentence, for the reference

    def __new__(cls, code: int, meaning: str) -> Self:
        """Make a code that knows what it means."""
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made


def write_result(result: str | bytes) -> None:
    """Write to stdout exactly these bytes (text as UTF-8, unpaired surrogates as they came), on every system.

    Whoever stops reading, as `head` does, has seen enough: that ends the process without a word.

    Raises:
        PublishingError: the bytes cannot be written, for instance because the disk is full.
    """
    data = memoryview(result if isinstance(result, bytes) else result.encode("utf-8", "surrogateescape"))
    try:
        while data:  # Unbuffered, as PYTHONUNBUFFERED makes it, one call may write less than all.
            data = data[sys.stdout.buffer.write(data) :]
        sys.stdout.buffer.flush()
    except OSError as error:
        _discard(sys.stdout)
        if isinstance(error, BrokenPipeError):
            sys.exit(ExitCode.FAILED)
        reason = error.strerror or error
        raise PublishingError(f"standard output cannot be written ({reason}): check where it leads") from error


def say(message: str) -> None:
    """Write one line to stderr, as it is."""
    try:
        print(message, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)  # What nobody hears is no failure.


def complain(message: str) -> None:
    """Write one problem to stderr, under the program's name; some have several lines."""
    say("\n".join(map(printable, f"ota-dev: {message}".split("\n"))))


def printable(text: str) -> str:
    """Escape what could steer a terminal or disguise a line; a backslash, as in Windows' paths, stays one."""
    from ota_dev.catalog.safe_text import escape_control

    return escape_control(text).replace("\\\\", "\\")


def columns_of(text: str) -> int:
    """Give how wide *text* is on a terminal, where a Chinese character takes two columns."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def is_debugging() -> bool:
    """Say whether the user wants a traceback for every error."""
    return bool(os.environ.get(DEBUG_VARIABLE))


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


def _discard(stream: TextIO) -> None:
    """Let what *stream* still holds, and all that follows, go nowhere; else Python fails over it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)

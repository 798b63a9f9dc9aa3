"""What one types while `serve` runs on a terminal: a key and Enter choose scenarios and faults, or end the server.

Lines are read on a thread of their own, which nothing waits for at the end. A line changes what is in force, and
nothing else.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

from ota_dev.cli.condition_options import said_of
from ota_dev.cli.conditions import conditions, table
from ota_dev.cli.console import printable
from ota_dev.cli.signals import StopRequests
from ota_dev.errors import UsageError
from ota_dev.scenarios.syntax import parse_specs
from ota_dev.server.in_force import Conditions

__all__ = ["answer", "is_terminal", "read_keys"]

LONGEST_LINE = 10_000  # characters; what is longer is read in pieces
QUIT = "q"
HELP = (
    "s            what there is to choose, and what is in force",
    "s NAME       put a scenario or a fault in force: s phased:at=-36h, or several: s no-update+latency",
    "n            back to normal",
    "q            quit, as Ctrl-C does",
    "h            this; each key is followed by Enter",
)


def answer(line: str, chosen: Conditions) -> list[str]:
    """Do what *line* asks of what is *chosen* for everyone, and give the lines to say to that."""
    key, _, rest = line.strip().partition(" ")
    try:
        return list(map(printable, _answer(key, rest.strip(), chosen)))
    except UsageError as error:
        return [printable(f"! {error}")]


def is_terminal() -> bool:
    """Say whether somebody can type."""
    return sys.stdin is not None and sys.stdin.isatty()  # It is None under pythonw.


def read_keys(chosen: Conditions, write: Callable[[str], None], stop: StopRequests) -> None:
    """Begin to answer the lines that are typed, until the terminal is closed or somebody quits.

    It is called on the main thread, the only one that may say how signals are handled.
    """
    if sys.platform != "win32":
        # In the background of a shell, reading would suspend the whole server; now it only fails.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    threading.Thread(target=_read, args=(chosen, write, stop), name="ota-dev-keys", daemon=True).start()


def _answer(key: str, rest: str, chosen: Conditions) -> Iterator[str]:
    match key, rest:
        case "", "":
            pass
        case "s", "":
            yield from table(conditions(chosen.scenarios.values()).values())
            yield from _in_force(chosen)
        case "s", names:
            chosen.choose(parse_specs(names))
            yield from _in_force(chosen)
        case "n", "":
            chosen.choose(())
            yield from _in_force(chosen)
        case "h", "":
            yield from HELP
        case _:
            raise UsageError("there is no such key: h and Enter show those there are")


def _in_force(chosen: Conditions) -> list[str]:
    return list(said_of(chosen)) or ["all is normal"]


def _read(chosen: Conditions, write: Callable[[str], None], stop: StopRequests) -> None:
    # Python closes its own stdin at the end, and must not find it locked by a thread that still reads.
    with suppress(OSError), os.fdopen(sys.stdin.fileno(), closefd=False, errors="replace") as terminal:
        while line := terminal.readline(LONGEST_LINE):
            if line.strip() == QUIT:
                stop.put(signal.SIGINT)
                return
            for said in answer(line, chosen):
                write(said)

"""What one types while `serve` runs on a terminal: a key and Enter.

Lines are read on a thread of their own, which nothing waits for at the end. What keys do beside choosing scenarios and
faults is handed in.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from ota_dev.cli.console import printable
from ota_dev.cli.options.conditions import said_of
from ota_dev.cli.reports.conditions import table
from ota_dev.cli.signals import StopRequests
from ota_dev.errors import UsageError
from ota_dev.operating_system import fail_to_read_in_the_background
from ota_dev.scenarios.conditions import conditions
from ota_dev.scenarios.syntax import parse_specs
from ota_dev.server.in_force import Conditions, InForce
from ota_dev.translations import Translations

__all__ = ["Action", "answer", "is_terminal", "read_keys"]

LONGEST_LINE = 10_000  # characters; what is longer is read in pieces
QUIT = "q"
# What to type, by the end of the key of what it does.
HELP = {
    **{key: key for key in "hours"},
    "s_name": "s NAME",
    "s_names": "s NAME+NAME",
    **{key: key for key in "ncq"},
}
_TYPED_WIDTH = 13  # columns

Action = Callable[[], Iterable[str]]


def answer(line: str, chosen: Conditions, actions: Mapping[str, Action], texts: Translations) -> list[str]:
    """Do what *line* asks of what is *chosen* for everyone, or else by *actions*, and give the lines to say to that."""
    key, _, rest = line.strip().partition(" ")
    try:
        return list(map(printable, _answer(key, rest.strip(), chosen, actions, texts)))
    except UsageError as error:
        return [printable(f"! {error}")]


def is_terminal() -> bool:
    """Say whether somebody can type."""
    return sys.stdin is not None and sys.stdin.isatty()  # It is None under pythonw.


def read_keys(
    respond: Callable[[str], Iterable[str]],
    write: Callable[[str], None],
    stop: StopRequests,
    typed: Callable[[str], None] = lambda _: None,
) -> None:
    """Begin to *respond* to the lines that are typed, until the terminal is closed or somebody quits.

    *typed* is told of each line first, since Enter moves the cursor.
    It is called on the main thread, the only one that may say how signals are handled.
    """
    fail_to_read_in_the_background()
    threading.Thread(target=_read, args=(respond, write, stop, typed), name="ota-dev-keys", daemon=True).start()


def _answer(
    key: str, rest: str, chosen: Conditions, actions: Mapping[str, Action], texts: Translations
) -> Iterator[str]:
    match key, rest:
        case "", "":
            pass
        case "s", "":
            yield from table(conditions(chosen.scenarios.values()).values(), texts)
            yield texts.text("terminal.in_force", now=_named(chosen.current, texts))
            yield from said_of(chosen, texts)
        case "s", names:
            yield from _choose(names, chosen, texts)
        case "n", "":
            yield from _choose("", chosen, texts)
        case "h", "":
            yield from (f"{typed:<{_TYPED_WIDTH}}{texts.text(f'terminal.help.{does}')}" for does, typed in HELP.items())
        case _, "" if key in actions:
            yield from actions[key]()
        case _:
            raise UsageError(texts.text("terminal.no_such_key"))


def _choose(names: str, chosen: Conditions, texts: Translations) -> Iterator[str]:
    before = chosen.current
    after = chosen.choose(parse_specs(names) if names else ())
    yield texts.text("terminal.in_force_instead", now=_named(after, texts), before=_named(before, texts))
    yield from said_of(chosen, texts)


def _named(in_force: InForce, texts: Translations) -> str:
    """Give what is in force as one would type it."""
    return "+".join((*in_force.names, *map(str, in_force.fault_specs))) or texts.text("terminal.normal")


def _read(
    respond: Callable[[str], Iterable[str]],
    write: Callable[[str], None],
    stop: StopRequests,
    typed: Callable[[str], None],
) -> None:
    # Python closes its own stdin at the end, and must not find it locked by a thread that still reads.
    with suppress(OSError), os.fdopen(sys.stdin.fileno(), closefd=False, errors="replace") as terminal:
        while line := terminal.readline(LONGEST_LINE):
            typed(printable(line.rstrip("\r\n")))
            if line.strip() == QUIT:
                stop.put(signal.SIGINT)
                return
            for said in respond(line):
                write(said)

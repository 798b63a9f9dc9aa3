"""What the keys of `serve` do with a running server: open its dashboard, rescan its folder and so on."""

import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from ota_dev.cli.client_hints import hint_at_silence
from ota_dev.cli.output import Output
from ota_dev.cli.problem_lines import problem_lines
from ota_dev.cli.serve_keys import Action, answer, read_keys
from ota_dev.cli.serve_lines import address_lines
from ota_dev.cli.signals import StopRequests
from ota_dev.cli.wording import installers
from ota_dev.server.control import sign_in_url

if TYPE_CHECKING:
    from ota_dev.cli.serve_log import TextLog
    from ota_dev.dev_server import DevServer

__all__ = ["actions_of", "attend", "open_dashboard"]


def actions_of(server: "DevServer") -> Mapping[str, Action]:
    """Give what each key does with *server*; each action gives the lines to say."""
    return {
        "o": partial(_open, server),
        "u": partial(_show_addresses, server),
        "r": partial(_rescan, server),
        "c": partial(_clear, server),
    }


def attend(running: ExitStack, server: "DevServer", output: Output, log: "TextLog", stop: StopRequests) -> None:
    """Answer who types, and speak up where no client comes, until *running* ends."""
    if log.has_keys:
        actions = actions_of(server)
        read_keys(lambda line: answer(line, server.conditions, actions), output.write, stop, output.typed)
    if output.is_terminal:
        running.enter_context(hint_at_silence(server.journal, server.feed_url, log.hinted))


def open_dashboard(server: "DevServer") -> str:
    """Open the dashboard in a browser, signed in; give what to say where there is no browser, else nothing."""
    address = sign_in_url(server.url, server.token)
    return "" if webbrowser.open(address) else f"there is no browser: open {address} yourself"


def _open(server: "DevServer") -> Iterator[str]:
    problem = open_dashboard(server)
    yield f"! {problem}" if problem else "the dashboard opens in a browser; u shows its address"


def _show_addresses(server: "DevServer") -> Iterator[str]:
    yield from address_lines(server.url, server.token)
    yield from problem_lines(server.problems.current) if server.problems.current else ("nothing is wrong",)


def _rescan(server: "DevServer") -> Iterator[str]:
    server.rescan()
    count = len(list(server.publication.catalog)) if server.publication else 0
    yield f"looked at the whole of {server.folder} again: {installers(count)} on offer"


def _clear(server: "DevServer") -> Iterator[str]:
    count = len(server.journal.exchanges)
    server.clear_journal()
    yield f"the journal is cleared: {count} {'request is' if count == 1 else 'requests are'} forgotten"

"""What the keys of `serve` do with a running server: open its dashboard, rescan its folder and so on."""

import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from ota_dev.cli.serving.client_hints import hint_at_silence
from ota_dev.cli.serving.output import Output
from ota_dev.cli.serving.problem_lines import problem_lines
from ota_dev.cli.serving.setup_lines import setup_lines
from ota_dev.cli.serving.typed_keys import Action, answer, read_keys
from ota_dev.cli.signals import StopRequests
from ota_dev.cli.wording import counted
from ota_dev.server.control import sign_in_url
from ota_dev.translations import Translations

if TYPE_CHECKING:
    from ota_dev.cli.serving.log import TextLog
    from ota_dev.dev_server import DevServer

__all__ = ["actions_of", "attend", "open_dashboard"]


def actions_of(server: "DevServer", texts: Translations) -> Mapping[str, Action]:
    """Give what each key does with *server*; each action gives the lines to say."""
    return {
        "o": partial(_open, server, texts),
        "u": partial(_show_addresses, server, texts),
        "r": partial(_rescan, server, texts),
        "c": partial(_clear, server, texts),
    }


def attend(running: ExitStack, server: "DevServer", output: Output, log: "TextLog", stop: StopRequests) -> None:
    """Answer who types, and speak up where no client comes, until *running* ends."""
    if log.has_keys:
        actions = actions_of(server, log.texts)
        read_keys(lambda line: answer(line, server.conditions, actions, log.texts), output.write, stop, output.typed)
    if output.is_terminal:
        silence = log.texts.text("terminal.silence", feed=server.feed_url)
        running.enter_context(hint_at_silence(server.journal, silence, log.hinted))


def open_dashboard(server: "DevServer", texts: Translations) -> str:
    """Open the dashboard in a browser, signed in; give what to say where there is no browser, else nothing."""
    address = sign_in_url(server.url, server.token)
    return "" if webbrowser.open(address) else texts.text("terminal.no_browser", address=address)


def _open(server: "DevServer", texts: Translations) -> Iterator[str]:
    problem = open_dashboard(server, texts)
    yield f"! {problem}" if problem else texts.text("terminal.opened")


def _show_addresses(server: "DevServer", texts: Translations) -> Iterator[str]:
    apps = server.publication.catalog.apps if server.publication else ()
    yield from setup_lines(texts, server.url, server.token, apps, server.public_key)
    problems = server.problems.current
    yield from problem_lines(problems) if problems else [texts.text("terminal.all_well")]


def _rescan(server: "DevServer", texts: Translations) -> Iterator[str]:
    server.rescan()
    count = len(list(server.publication.catalog)) if server.publication else 0
    yield counted(texts, "terminal.rescanned", count, folder=server.folder)


def _clear(server: "DevServer", texts: Translations) -> Iterator[str]:
    count = len(server.journal.exchanges)
    server.clear_journal()
    yield counted(texts, "terminal.cleared", count)

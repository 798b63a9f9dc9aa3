"""One run of `serve`: from its start until somebody ends it, or until what is awaited of a client is settled."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.web_addresses import is_loopback
from ota_dev.cli.console import ExitCode
from ota_dev.cli.options.conditions import said_of
from ota_dev.cli.serving.actions import attend, open_dashboard
from ota_dev.cli.serving.announcing import announce
from ota_dev.cli.serving.awaited import awaited_of, wait_until_settled
from ota_dev.cli.serving.journal_file import journal_file
from ota_dev.cli.serving.log import TextLog
from ota_dev.cli.serving.problem_lines import show_problems
from ota_dev.cli.serving.temporary_files import port_in
from ota_dev.cli.serving.voice import Voice
from ota_dev.cli.signals import StopRequests, wait_until_stopped
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.journal import Verdict

__all__ = ["Wishes", "run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What the user wants of a run besides the server."""

    port_file: Path | None
    journal: Path | None  # a file that keeps every exchange
    opens_browser: bool
    until: str | None  # an expectation, or `scenario`
    timeout: str | None


def run(settings: ServerSettings, voice: Voice, wishes: Wishes, stop: StopRequests) -> ExitCode:
    """Serve until there is a request to *stop*, or nothing is awaited any more; then say how that was settled.

    Raises:
        OtaDevError: a wish cannot be met, or the server cannot be started.
    """
    log = voice.log
    server = DevServer(settings, log)
    awaited = awaited_of(wishes.until, wishes.timeout, server.conditions.current.scenarios)
    with ExitStack() as resources:
        if wishes.journal:
            resources.enter_context(journal_file(wishes.journal, server.journal, log.noted))
        with ExitStack() as running:  # At its end, what is still under way is cut short; that counts as well.
            _start(running, server, voice, settings.host)
            if wishes.port_file:
                running.enter_context(port_in(wishes.port_file, server.port))
            if isinstance(log, TextLog):
                attend(running, server, voice.output, log, stop)
            if wishes.opens_browser and (problem := open_dashboard(server, voice.texts)):
                log.noted(problem)
            if awaited is None:
                wait_until_stopped(stop)
                return ExitCode.OK
            wait_until_settled(awaited, server.journal, stop)
        result = awaited.judge(server.journal)
        log.judged(awaited.expectation, result)
        return ExitCode.OK if result.verdict is Verdict.PASS else ExitCode.FINDINGS


def _start(running: ExitStack, server: DevServer, voice: Voice, host: str) -> None:
    show_problems(server.problems, voice.output.bottom)
    running.enter_context(server)
    announce(running, server, voice.log.noted)
    for sentence in (*said_of(server.conditions, voice.texts), *_exposure(host, voice), *voice.excuses):
        voice.log.noted(sentence)


def _exposure(host: str, voice: Voice) -> Iterator[str]:
    if not is_loopback(host):
        yield voice.texts.text("terminal.open_to_others", host=host)

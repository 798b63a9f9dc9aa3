"""`ota-dev serve`: a folder of installers as a live update feed."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.cli.console import ExitCode, is_debugging
from ota_dev.cli.options.conditions import Advertise, Faults, Scenarios, Seed, said_of, specs_of
from ota_dev.cli.options.configuration import ConfigFile, Environment, configuration_of
from ota_dev.cli.options.keys import find_key_in_force
from ota_dev.cli.options.language import Language, LanguageOption, spoken_on, why_other
from ota_dev.cli.options.policy import with_policy_options
from ota_dev.cli.options.publishing import (
    App,
    BaseUrl,
    Dir,
    FollowLinks,
    Key,
    NoCache,
    Notes,
    NotesPlace,
    Poll,
    Quiet,
    Recursive,
    SignFeed,
    Template,
    Verbose,
    VersionFrom,
)
from ota_dev.cli.serving.announcing import announce
from ota_dev.cli.serving.awaited import Timeout, UntilExpectation, awaited_of, wait_until_settled
from ota_dev.cli.serving.colors import Color
from ota_dev.cli.serving.journal_file import JournalPath, journal_file
from ota_dev.cli.serving.temporary_files import port_in, temporary_folder
from ota_dev.cli.signals import stop_on_signals, wait_until_stopped

if TYPE_CHECKING:
    from ota_dev.translations import Translations

__all__ = ["serve"]


class LogFormat(StrEnum):
    """Who reads what `serve` says."""

    TEXT = "text"
    JSON = "json"


@with_policy_options
def serve(
    ctx: typer.Context,
    directory: Dir = Path("dist"),
    demo: Annotated[bool, typer.Option("--demo", help="Serve a sample app made in a temporary folder.")] = False,
    host: Annotated[
        str, typer.Option("--host", envvar="OTA_DEV_HOST", help="The address to listen on; 0.0.0.0 is every one.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", envvar="OTA_DEV_PORT", min=0, max=65535, help="The port; 0 picks a free one.")
    ] = 8080,
    port_file: Annotated[
        Path | None, typer.Option("--port-file", help="Write the port to this file once the server listens.")
    ] = None,
    base_url: BaseUrl = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option("--allowed-host", envvar="OTA_DEV_ALLOWED_HOST", help="A host name to answer to; repeatable."),
    ] = None,
    tls_cert: Annotated[
        Path | None,
        typer.Option("--tls-cert", envvar="OTA_DEV_TLS_CERT", help="The PEM certificate for https."),
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", envvar="OTA_DEV_TLS_KEY", help="The PEM key of the certificate.")
    ] = None,
    sign: Annotated[
        bool, typer.Option("--sign", envvar="OTA_DEV_SIGN", help="Sign with a TEST key of yours, made on first use.")
    ] = False,
    key: Key = None,
    sign_feed: SignFeed = False,
    app: App = None,
    recursive: Recursive = False,
    follow_links: FollowLinks = False,
    version_from: VersionFrom = None,
    template: Template = None,
    notes: Notes = NotesPlace.EMBED,
    static: Annotated[
        bool,
        typer.Option(
            "--static", envvar="OTA_DEV_STATIC", help="Serve the appcast.xml in the folder as the feed, byte for byte."
        ),
    ] = False,
    rewrite_urls: Annotated[
        bool,
        typer.Option(
            "--rewrite-urls", envvar="OTA_DEV_REWRITE_URLS", help="Point the URLs of --static at what is on offer here."
        ),
    ] = False,
    scenario: Scenarios = None,
    fault: Faults = None,
    advertise: Advertise = None,
    seed: Seed = None,
    until_expectation: UntilExpectation = None,
    timeout: Timeout = None,
    journal: JournalPath = None,
    newest: Policy = NOTHING_SAID,
    poll: Poll = False,
    no_cache: NoCache = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the dashboard in a browser, signed in.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    log_format: Annotated[
        LogFormat, typer.Option("--log-format", envvar="OTA_DEV_LOG_FORMAT", help="Lines for people, or JSON.")
    ] = LogFormat.TEXT,
    color: Annotated[
        Color,
        typer.Option(
            "--color",
            envvar="OTA_DEV_COLOR",
            help="Colour in the lines for people; auto is on a terminal, unless NO_COLOR is set.",
        ),
    ] = Color.AUTO,
    language: LanguageOption = None,
    config_file: ConfigFile = None,  # noqa: ARG001  # handled by its callback, as is the next
    environment: Environment = None,  # noqa: ARG001
) -> None:
    """Serve a folder of installers as a live update feed.

    A new installer is on offer the moment it has landed. For local development and testing, not for production.
    """
    from ota_dev.cli.serving.actions import attend, open_dashboard
    from ota_dev.cli.serving.log import JsonLog, TextLog
    from ota_dev.cli.serving.output import output_of
    from ota_dev.cli.serving.problem_lines import show_problems
    from ota_dev.cli.serving.transfer_area import TransferArea
    from ota_dev.cli.serving.typed_keys import is_terminal
    from ota_dev.demo import make_demo_folder
    from ota_dev.dev_server import DevServer, ServerSettings
    from ota_dev.feeds.formats import feed_formats
    from ota_dev.journal import Verdict

    stop = stop_on_signals()
    key_in_force = find_key_in_force(key, sign=sign, sign_feed=sign_feed)
    with ExitStack() as resources:
        if demo:
            directory = resources.enter_context(temporary_folder())
            make_demo_folder(directory)
        settings = ServerSettings(
            folder=directory,
            host=host,
            port=port,
            base_url=base_url,
            allowed_hosts=tuple(allowed_host or ()),
            key=key_in_force,
            tls_cert=tls_cert,
            tls_key=tls_key,
            app=app,
            recursive=recursive,
            follow_links=follow_links,
            version_from=version_from,
            rules=configuration_of(ctx).rules,
            newest=newest,
            in_force=specs_of(scenario, fault, advertise),
            scenarios=configuration_of(ctx).scenarios,
            seed=seed,
            language=language,
            template=template,
            links_notes=notes is NotesPlace.LINK,
            static=static,
            rewrite_urls=rewrite_urls,
            poll=poll,
            remember=not no_cache,
            debug=is_debugging(),
        )
        is_json = log_format is LogFormat.JSON
        spoken = Language.EN if is_json else language
        has_keys = not is_json and is_terminal()
        output = output_of(resources, color=color, is_plain=is_json)
        write, feed = output.write, feed_formats().main
        texts = spoken_on(sys.stderr, spoken)
        log: TextLog | JsonLog = JsonLog(write=write, feed=feed, folder=str(directory), is_demo=demo, key=key_in_force)
        if not is_json:
            log = TextLog(
                write=write,
                texts=texts,
                feed=feed,
                folder=str(directory),
                is_demo=demo,
                key=key_in_force,
                quiet=quiet,
                verbose=verbose,
                has_keys=has_keys,
                width=output.width,
                gives_hints=output.is_terminal,
                transfers=TransferArea(partial(output.bottom.set, "transfers"), output.width),
            )
        server = DevServer(settings, log)
        awaited = awaited_of(until_expectation, timeout, server.conditions.current.scenarios)
        if journal:
            resources.enter_context(journal_file(journal, server.journal, log.noted))
        running = resources.enter_context(ExitStack())
        show_problems(server.problems, output.bottom)
        running.enter_context(server)
        announce(running, server, log.noted)
        for sentence in (
            *said_of(server.conditions, texts),
            *_exposure(host, texts),
            *why_other(sys.stderr, spoken, texts),
        ):
            log.noted(sentence)
        if port_file:
            resources.enter_context(port_in(port_file, server.port))
        if isinstance(log, TextLog):
            attend(running, server, output, log, stop)
        if open_browser and (problem := open_dashboard(server, texts)):
            log.noted(problem)
        if awaited is None:
            wait_until_stopped(stop)
            return
        wait_until_settled(awaited, server.journal, stop)
        running.close()  # What is still under way is cut short and counts as well.
        result = awaited.judge(server.journal)
        log.judged(awaited.expectation, result)
        raise typer.Exit(ExitCode.OK if result.verdict is Verdict.PASS else ExitCode.FINDINGS)


def _exposure(host: str, texts: "Translations") -> Iterator[str]:
    from ota_dev.config import is_loopback

    if not is_loopback(host):
        yield texts.text("terminal.open_to_others", host=host)

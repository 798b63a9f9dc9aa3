"""`ota-dev serve`: a folder of installers as a live update feed."""

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.cli.console import is_debugging
from ota_dev.cli.options.conditions import Advertise, Faults, Scenarios, Seed, specs_of
from ota_dev.cli.options.configuration import ConfigFile, Environment, configuration_of
from ota_dev.cli.options.keys import find_key_in_force
from ota_dev.cli.options.language import LanguageOption
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
from ota_dev.cli.serving.awaited import Timeout, UntilExpectation
from ota_dev.cli.serving.colors import Color
from ota_dev.cli.serving.journal_file import JournalPath
from ota_dev.cli.serving.temporary_files import temporary_folder
from ota_dev.cli.signals import stop_on_signals

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
    from ota_dev.cli.serving.session import Wishes, run
    from ota_dev.cli.serving.voice import Manner, begin_to_speak
    from ota_dev.demo import make_demo_folder
    from ota_dev.dev_server import ServerSettings

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
        manner = Manner(
            in_json=log_format is LogFormat.JSON, color=color, language=language, quiet=quiet, verbose=verbose
        )
        voice = begin_to_speak(resources, manner, settings, is_demo=demo)
        wishes = Wishes(
            port_file=port_file,
            journal=journal,
            opens_browser=open_browser,
            until=until_expectation,
            timeout=timeout,
        )
        code = run(settings, voice, wishes, stop)
    raise typer.Exit(code)

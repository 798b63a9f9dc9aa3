"""`ota-dev config`: the settings in force, and the block that points an app here."""

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from ota_dev.cli.console import write_result
from ota_dev.cli.options.configuration import ConfigFile, Environment, configuration_of
from ota_dev.errors import UsageError

if TYPE_CHECKING:
    from ota_dev.config import Configuration, Sourced

__all__ = ["config"]


class Client(StrEnum):
    """The clients that there are instructions for."""

    SPARKLE = "sparkle"
    WINSPARKLE = "winsparkle"
    NETSPARKLE = "netsparkle"
    ELECTRON_UPDATER = "electron-updater"
    TAURI = "tauri"
    VELOPACK = "velopack"
    SQUIRREL = "squirrel"
    GENERIC = "generic"


class View(StrEnum):
    """What to show of the configuration."""

    SHOW = "show"
    CLIENT = "client"


def config(
    ctx: typer.Context,
    view: Annotated[
        View,
        typer.Argument(help="show: each setting in force and where it comes from. client: what to paste into an app."),
    ] = View.SHOW,
    client: Annotated[
        Client | None,
        typer.Option(
            "--client",
            help="The update client.",
            show_default="the block of a hand-written client",
        ),
    ] = None,
    config_file: ConfigFile = None,  # noqa: ARG001  # handled by its callback, as is the next
    environment: Environment = None,  # noqa: ARG001
) -> None:
    """Show the settings in force, or what to paste into an app to point it here."""
    from ota_dev.config import client_block, settings_in_force

    configuration = configuration_of(ctx)
    settings = settings_in_force({}, os.environ, configuration.settings)
    match view:
        case View.SHOW:
            if client:
                raise UsageError(f"--client is for ota-dev config client: ota-dev config client --client {client}")
            write_result(_table(settings, configuration))
        case View.CLIENT:
            url = _server_url(settings)
            write_result(_instructions(client, url) if client else client_block(url, configuration.environment))
        case _:
            assert_never(view)


def _table(settings: dict[str, "Sourced"], configuration: "Configuration") -> str:
    rows = [(key, _shown(sourced.value), sourced.source) for key, sourced in settings.items()]
    if configuration.environment:
        rows.append(("environment", configuration.environment.name, str(configuration.path)))
    rows += [("releases", rule.glob, str(configuration.path)) for rule in configuration.rules.rules]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "".join(f"{key:{widths[0]}}  {value:{widths[1]}}  {source}\n" for key, value, source in rows)


def _shown(value: object) -> str:
    from ota_dev.cli.console import printable

    match value:
        case None | ():
            return "-"
        case bool():
            return str(value).lower()
        case tuple():
            return printable(", ".join(map(str, value)))
    return printable(str(value))


def _server_url(settings: dict[str, "Sourced"]) -> str:
    from ota_dev.config import local_url

    if base_url := settings["base_url"].value:
        return str(base_url).rstrip("/")
    return local_url(
        str(settings["host"].value), int(str(settings["port"].value)), is_https=bool(settings["tls_cert"].value)
    )


def _instructions(client: Client, url: str) -> str:
    """Tell how to point *client* here; which key it needs is told by `serve --sign` and `keys show`."""
    from ota_dev.cli.options.language import spoken_on
    from ota_dev.cli.reports.clients import client_lines
    from ota_dev.client_setup import Target, client_setups

    texts = spoken_on(sys.stdout, None)
    [setup] = [setup for setup in client_setups(Target(server_url=url)) if setup.client == client]
    return "".join(f"{line}\n" for line in client_lines(texts, setup, *setup.steps, *setup.undo))

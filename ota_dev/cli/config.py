"""`ota-dev config`: the settings in force, and the block that points an app here."""

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from ota_dev.cli.configured import ConfigFile, Environment, configuration_of
from ota_dev.cli.console import write_result

if TYPE_CHECKING:
    from ota_dev.config import Configuration, Sourced

__all__ = ["config"]


class View(StrEnum):
    """What to show of the configuration."""

    SHOW = "show"
    CLIENT = "client"


def config(
    ctx: typer.Context,
    view: Annotated[
        View,
        typer.Argument(help="show: each setting in force and where it comes from. client: the block to paste."),
    ] = View.SHOW,
    config_file: ConfigFile = None,  # noqa: ARG001  # handled by its callback, as is the next
    environment: Environment = None,  # noqa: ARG001
) -> None:
    """Show the settings in force, or the block to paste into an app's own configuration to point it here."""
    from ota_dev.config import settings_in_force

    configuration = configuration_of(ctx)
    settings = settings_in_force({}, os.environ, configuration.settings)
    match view:
        case View.SHOW:
            write_result(_table(settings, configuration))
        case View.CLIENT:
            write_result(_block(settings, configuration))
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


def _block(settings: dict[str, "Sourced"], configuration: "Configuration") -> str:
    from ota_dev.config import client_block, local_url

    base_url = settings["base_url"].value
    here = local_url(
        str(settings["host"].value), int(str(settings["port"].value)), is_https=bool(settings["tls_cert"].value)
    )
    return client_block(str(base_url).rstrip("/") if base_url else here, configuration.environment)

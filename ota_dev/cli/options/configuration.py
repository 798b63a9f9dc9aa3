"""The options that name a configuration file and an environment, and what they do to a command's other options.

What the file says becomes the default of the options, so a flag and an environment variable go before it.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["CONFIG_VARIABLE", "ConfigFile", "Environment", "configuration_of"]

CONFIG_VARIABLE = "OTA_DEV_CONFIG"

_CONFIGURATION = "ota_dev.configuration"


def _read(ctx: typer.Context, parameter: typer.CallbackParam, value: Any) -> Any:
    """Load the file once both options are known."""
    ctx.meta[f"{_CONFIGURATION}.{parameter.name}"] = value
    if {f"{_CONFIGURATION}.config_file", f"{_CONFIGURATION}.environment"} <= ctx.meta.keys():
        _load(ctx)
    return value


def _load(ctx: typer.Context) -> None:
    from ota_dev.config import load_configuration

    path, environment = ctx.meta[f"{_CONFIGURATION}.config_file"], ctx.meta[f"{_CONFIGURATION}.environment"]
    configuration = ctx.meta[_CONFIGURATION] = load_configuration(Path(), path, environment)
    flags = {option: parameter.name for parameter in ctx.command.params for option in parameter.opts}
    ctx.default_map = {
        name: sourced.value
        for key, sourced in configuration.settings.items()
        if (name := flags.get(f"--{key.replace('_', '-')}"))
    }


def configuration_of(ctx: typer.Context) -> Any:
    """Give the `Configuration` that the command runs with."""
    return ctx.meta[_CONFIGURATION]


ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        envvar=CONFIG_VARIABLE,
        help="The configuration file. [default: ota-dev.yaml in the working folder, else ota_config.yaml]",
        dir_okay=False,
        is_eager=True,
        callback=_read,
    ),
]
Environment = Annotated[
    str | None,
    typer.Option(
        "--environment",
        envvar="OTA_DEV_ENVIRONMENT",
        help="One of the environments in the configuration file.",
        is_eager=True,
        callback=_read,
    ),
]

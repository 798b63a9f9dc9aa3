"""The table of commands, and the one place where an error becomes text and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ota_dev.cli.console import ExitCode, complain
from ota_dev.errors import ConfigurationError, OtaDevError, UsageError

__all__ = ["COMMANDS", "run"]

# The command's module below ota_dev.cli, and its function there.
COMMANDS = {
    "serve": ("serve", "serve"),
    "generate-appcast": ("generate_appcast", "generate_appcast"),
    "hash": ("hash", "hash_files"),
}

DEBUG_VARIABLE = "OTA_DEV_DEBUG"


class CommandsOnDemand(TyperGroup):
    """Imports and builds a command only when it is asked for, so that no command pays for another at start."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # Typer's signature
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # Typer's signature
        """Build the command named *cmd_name*, `None` when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        single = typer.Typer(add_completion=False)
        single.command(cmd_name)(getattr(import_module(f"ota_dev.cli.{module}"), function))
        return get_command(single)


app = typer.Typer(
    cls=CommandsOnDemand,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from ota_dev import __version__

        print(f"ota-dev {__version__}")  # the result
        raise typer.Exit


@app.callback()
def _ota_dev(
    version: Annotated[  # noqa: ARG001  # handled by its callback
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", envvar=DEBUG_VARIABLE, help="Show a traceback for every error.")
    ] = False,
) -> None:
    """A mock update server for desktop apps."""
    if debug:
        os.environ[DEBUG_VARIABLE] = "1"


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that `ExitCode` gives."""
    try:
        get_command(app)(arguments, prog_name="ota-dev")
    except OtaDevError as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        complain(str(error))
        sys.exit(ExitCode.USAGE if isinstance(error, UsageError | ConfigurationError) else ExitCode.FAILED)
    except KeyboardInterrupt:
        sys.exit(130)

"""The table of commands, and the one place where an error becomes text and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ota_dev.cli.console import DEBUG_VARIABLE, ExitCode, complain, is_debugging
from ota_dev.errors import ConfigurationError, OtaDevError, RefusedFeedError, UnusableKeyError, UsageError

__all__ = ["COMMANDS", "app", "build_command", "run"]


class Entry(NamedTuple):
    """Where a command is, and what it does."""

    module: str  # below ota_dev.cli.commands
    name: str  # of its function or its group of commands there
    summary: str  # the first line of its help


COMMANDS = {
    "serve": Entry("serve", "serve", "Serve a folder of installers as a live update feed."),
    "generate-appcast": Entry("generate_appcast", "generate_appcast", "Write the appcast of a folder of installers."),
    "inspect": Entry("inspect", "inspect", "Show what is inside installers, and where each fact came from."),
    "check": Entry("check", "check", "Act as an update client: is an update offered, and why is each item refused?"),
    "lint": Entry("lint", "lint", "Say what is wrong with feeds, by code, with the correction."),
    "compare": Entry("compare", "compare", "Show which of two versions is newer, for each update client."),
    "scenario": Entry(
        "scenario", "scenario", "Show the scenarios and faults there are, and choose them on a running server."
    ),
    "config": Entry(
        "config",
        "config",
        "Show the settings in force, or what to paste into an app to point it here.",
    ),
    "init": Entry("init", "init", "Write a commented starter ota-dev.yaml into the working folder."),
    "doctor": Entry("doctor", "doctor", "Show what a bug report needs to know of this machine."),
    "hash": Entry("hash", "hash_files", "Write digests of files, in the format that sha256sum -c reads."),
    "keys": Entry("keys", "keys", "Make, show and convert Ed25519 keys."),
    "sign": Entry("sign", "sign", "Sign files with an Ed25519 key, and write the attributes for a feed."),
    "verify": Entry("verify", "verify", "Verify the signature of a file with the public key."),
}


class CommandsOnDemand(TyperGroup):
    """Imports a command only when it is run, so that none pays for another at start, nor the list of them for any."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # Typer's signature
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # Typer's signature
        """Give what the list of commands shows of *cmd_name*, `None` when there is none."""
        entry = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=entry.summary) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that *args* ask for, and build it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, build_command(name) if name in COMMANDS else command, rest


def build_command(name: str) -> Any:
    """Import the command *name*, which must be in the table, and build it."""
    entry = COMMANDS[name]
    command = getattr(import_module(f"ota_dev.cli.commands.{entry.module}"), entry.name)
    if isinstance(command, typer.Typer):
        return get_command(command)
    single = typer.Typer(add_completion=False)
    single.command(name)(command)
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
    # A variable that says 0 is not the same as one that is not set, and commands read it too.
    os.environ[DEBUG_VARIABLE] = "1" if debug else ""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that `ExitCode` gives."""
    try:
        get_command(app)(arguments, prog_name="ota-dev")
    except OtaDevError as error:
        if is_debugging():
            raise
        complain(str(error))
        if isinstance(error, RefusedFeedError):
            sys.exit(ExitCode.FINDINGS)
        is_usage = isinstance(error, UsageError | ConfigurationError | UnusableKeyError)
        sys.exit(ExitCode.USAGE if is_usage else ExitCode.FAILED)

"""The command line: parses arguments, calls the core and shows what it gives. The only user of Typer and Rich.

Decides nothing about updates: what a command finds out, another room can use as well. `app` is the table of commands.
"""

__all__ = ["main"]


def main() -> None:
    """Run `ota-dev` with the process's arguments, and end the process with the right exit code."""
    from ota_dev.cli.app import run  # Importing the package alone must not cost Typer's import.

    run()

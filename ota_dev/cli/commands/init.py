"""`ota-dev init`: a commented configuration file to start from."""

from pathlib import Path
from typing import Annotated

import typer

from ota_dev.cli.console import say
from ota_dev.errors import PublishingError, UsageError

__all__ = ["init"]


def init(
    force: Annotated[bool, typer.Option("--force", help="Replace the file that is there.")] = False,
) -> None:
    """Write a commented starter ota-dev.yaml into the working folder."""
    from ota_dev.config import FILE_NAME, starter_file
    from ota_dev.operating_system import replace_atomically

    path = Path(FILE_NAME)
    try:
        if force:
            replace_atomically(path, starter_file().encode())
        else:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(starter_file())
    except FileExistsError as error:
        raise UsageError(f"{path} is there already: change it, or replace it with --force") from error
    except OSError as error:
        raise PublishingError(f"{path} cannot be written ({error.strerror or error}): check the folder") from error
    say(f"{path} is written: every setting is in it as a comment")

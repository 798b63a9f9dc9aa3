"""`ota-dev compare`: which of two versions is newer, for each client."""

from typing import Annotated

import typer

from ota_dev.cli.console import printable, write_result
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text

__all__ = ["compare"]


_WORDS = {-1: "is older than", 0: "is the same as", 1: "is newer than"}


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A version.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Another version.", show_default=False)],
    result_format: FormatOption = ResultFormat.TEXT,
) -> None:
    """Show which of two versions is newer, for each update client.

    In JSON, -1 says that A is older, 0 that the client takes both for the same, and 1 that A is newer.
    """
    from ota_dev.simulated_client.clients import every_client

    answers = {client.name: client.comparator(a, b) for client in every_client()}
    if result_format is ResultFormat.JSON:
        write_result(json_text(answers))
    else:
        width = max(map(len, answers)) + 2
        lines = (f"{name:<{width}}{printable(a)} {_WORDS[answer]} {printable(b)}\n" for name, answer in answers.items())
        write_result("".join(lines))

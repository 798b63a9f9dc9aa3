"""The option that chooses who reads a command's result: people, or programs."""

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["FormatOption", "ResultFormat", "json_text"]


class ResultFormat(StrEnum):
    """How to write a result."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[ResultFormat, typer.Option("--format", help="How to write the result.")]


def json_text(value: object) -> str:
    """Write *value* as every command writes JSON: indented, and with a line break at the end."""
    import json

    return json.dumps(value, indent=2) + "\n"

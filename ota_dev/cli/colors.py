"""Colour for the lines that `serve` says, where a terminal wants it; their words are the same without it."""

import os
import sys
from collections.abc import Callable
from enum import StrEnum

from ota_dev.cli.console import say

__all__ = ["Color", "say_in_color"]


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


# The name of each group is the style of what it matches. The first is a request, with its status among the rest.
_STYLES = (
    r"^(?P<dim>\d\d:\d\d:\d\d)  .+?  [A-Z-]+ +\S+ +((?P<green>2\d\d)|(?P<cyan>[13]\d\d)|(?P<red>[45]\d\d))  ",
    r"  (?P<red>aborted at \d+%)",
    r"^(?P<bold>ota-dev \S+),",
    r"^  (?P<cyan>[A-Za-z]{1,9}) +",
    r"^  (?P<yellow>skipped|notice) +",
    r"^(?P<yellow>!.*)",
    r"^(?P<green>[+~-] .+) -> ",
)


def say_in_color(color: Color) -> Callable[[str], None]:
    """Give what writes one line to stderr; in colour if *color* says so, or leaves it to a terminal that has it."""
    if not _is_wanted(color):
        return say
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, force_terminal=True, no_color=False, highlight=False)

    def say_styled(line: str) -> None:
        text = Text(line)
        for pattern in _STYLES:
            text.highlight_regex(pattern)
        console.print(text, soft_wrap=True)

    return say_styled


def _is_wanted(color: Color) -> bool:
    if color is Color.AUTO:
        return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color is Color.ALWAYS

"""Colour for the lines that `serve` says, where a terminal wants it; their words are the same without it."""

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from ota_dev.cli.console import say

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Color", "is_color_wanted", "say_in_color", "styled"]


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


# The name of each group is the style of what it matches. The first is a request, with its status among the rest.
_STYLES = (
    r"^(?P<dim>\d\d:\d\d:\d\d)  .+?  [A-Z-]+ +\S+ +((?P<green>2\d\d)|(?P<cyan>[13]\d\d)|(?P<red>[45]\d\d))(?:  |\n|$)",
    r"  (?P<red>aborted at \d+%)",
    r"^(?P<bold>ota-dev [0-9.]+\S*?)[,，]",
    r"^  (?P<cyan>[^\W\d_]{1,9}) +",
    r"^(?P<yellow>!(?s:.*))",
    r"^(?P<green>[+~-] .+) -> ",
)
_WARNINGS = ("skipped", "notice")  # of the labels at the start


def say_in_color(color: Color) -> Callable[[str], None]:
    """Give what writes one line to stderr; in colour if *color* says so, or leaves it to a terminal that has it."""
    if not is_color_wanted(color):
        return say
    from rich.console import Console

    console = Console(stderr=True, force_terminal=True, no_color=False, highlight=False)
    return lambda line: console.print(styled(line), soft_wrap=True)


def styled(line: str) -> "Text":
    """Give *line* with what matters in it made to stand out."""
    from rich.text import Text

    text = Text(line)
    for pattern in (*_STYLES, _warning_labels()):
        text.highlight_regex(pattern)
    return text


def is_color_wanted(color: Color) -> bool:
    """Say whether *color* asks for colours, or leaves them to a terminal that has them."""
    if color is Color.AUTO:
        return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color is Color.ALWAYS


@cache
def _warning_labels() -> str:
    from ota_dev.translations import LANGUAGES, Translations

    labels = [Translations.of(language).text(f"banner.labels.{name}") for language in LANGUAGES for name in _WARNINGS]
    return f"^  (?P<yellow>{'|'.join(labels)}) +"

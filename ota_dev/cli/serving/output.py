"""Where the lines of `serve` go: to a terminal whose bottom stays in sight, or to wherever stderr leads."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from ota_dev.cli.console import say
from ota_dev.cli.serving.bottom_lines import BottomLines
from ota_dev.cli.serving.colors import Color, is_color_wanted, say_in_color
from ota_dev.cli.serving.log import LineWriter

__all__ = ["Output", "output_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """What the rest of `serve` needs to know of it; any thread may use it, and none waits for a slow terminal."""

    write: Callable[[str], None]  # a line, soon
    bottom: BottomLines  # which stays in sight, or is seen by nobody
    width: Callable[[], int | None] = lambda: None  # in columns; `None` is no terminal
    typed: Callable[[str], None] = lambda _: None  # to be told of a line that was typed
    is_terminal: bool = False


def output_of(resources: ExitStack, *, color: Color, is_plain: bool) -> Output:
    """Begin to write, until *resources* end; a program that reads wants lines that are plain."""
    if is_plain or not _has_screen():
        writer = resources.enter_context(LineWriter(say if is_plain else say_in_color(color)))
        return Output(write=writer.write, bottom=BottomLines())
    return _terminal(resources, is_color_wanted(color))


def _terminal(resources: ExitStack, in_color: bool) -> Output:
    from ota_dev.cli.serving.screen import Screen

    bottom = BottomLines(lambda: writer.do(screen.redraw))
    screen = Screen.of_stderr(bottom, in_color=in_color)
    writer = resources.enter_context(LineWriter(screen.write))
    resources.callback(lambda: writer.do(screen.close))
    return Output(
        write=writer.write,
        bottom=bottom,
        width=lambda: screen.width,
        typed=lambda line: writer.do(partial(screen.typed, line)),
        is_terminal=True,
    )


def _has_screen() -> bool:
    """Say whether stderr is a terminal whose cursor can be moved."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

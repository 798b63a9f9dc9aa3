"""The terminal that people look at while `serve` runs: lines that scroll and, below them, what stays in sight.

All of it is used by one thread, that of the writer. Rich writes, so that colours and the cursor work in the consoles of
old Windows too; whatever an encoding cannot write is escaped by the stream.
"""

from contextlib import suppress

from rich.cells import cell_len
from rich.console import Console
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from ota_dev.cli.serving.bottom_lines import BottomLines
from ota_dev.cli.serving.colors import styled
from ota_dev.cli.serving.folding import fold, shorten

__all__ = ["Screen"]

SMALLEST_PART = 3  # of the height is the most that stays in sight
ERASE_WHOLE_LINE = 2


class Screen:
    """Shows lines as wide as the terminal is, and *bottom* below them."""

    def __init__(self, console: Console, bottom: BottomLines) -> None:
        self._console, self._bottom = console, bottom
        self._drawn: tuple[str, ...] = ()

    @classmethod
    def of_stderr(cls, bottom: BottomLines, *, in_color: bool) -> "Screen":
        """Give the terminal that stderr is; without colour it has no other styles either."""
        return cls(Console(stderr=True, highlight=False, color_system="auto" if in_color else None), bottom)

    @property
    def width(self) -> int:
        """Give the columns that there are now."""
        return self._console.width

    def write(self, line: str) -> None:
        """Show *line* above what stays in sight."""
        with suppress(OSError), self._console:  # What nobody sees is no failure.
            self._erase()
            self._console.print(styled(fold(line, self.width)), soft_wrap=True)
            self._draw()

    def redraw(self) -> None:
        """Show what is to stay in sight now."""
        if self._wanted() != self._drawn:
            with suppress(OSError), self._console:
                self._erase()
                self._draw()

    def typed(self, line: str) -> None:
        """Account for a *line* and Enter, which moved the cursor; it is repeated above what stays in sight."""
        if self._drawn:
            with suppress(OSError), self._console:
                self._erase(typed_rows=1 + cell_len(line) // self.width)
                self._console.print(Text(f"> {line}", style="dim"), soft_wrap=True)
                self._draw()

    def close(self) -> None:
        """Leave only the lines that scroll."""
        with suppress(OSError), self._console:
            self._erase()

    def _wanted(self) -> tuple[str, ...]:
        most = max(1, self._console.height // SMALLEST_PART)
        # A full row would move the cursor of some terminals to the next, and that of others not.
        return tuple(shorten(line, self.width - 1) for line in self._bottom.lines[-most:])

    def _draw(self) -> None:
        self._drawn = self._wanted()
        for line in self._drawn:
            self._console.print(styled(line), soft_wrap=True)

    def _erase(self, typed_rows: int = 0) -> None:
        rows = len(self._drawn) + typed_rows
        if rows:
            erase = (ControlType.ERASE_IN_LINE, ERASE_WHOLE_LINE)
            upwards = ((ControlType.CURSOR_UP, 1), erase) * rows
            self._console.control(Control(ControlType.CARRIAGE_RETURN, erase, *upwards))
        self._drawn = ()

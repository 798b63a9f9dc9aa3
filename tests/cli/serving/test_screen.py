"""Lines scroll, and what is wrong stays in sight below them."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from ota_dev.cli.serving.bottom_lines import BottomLines
from ota_dev.cli.serving.screen import Screen
from tests.cli.serving.terminal_rows import rows_of

PROBLEM = "! 1 problem: a.zip is not on offer"


class Terminal(io.StringIO):
    """A terminal as far as the screen uses one, with all the rows there ever were."""

    @property
    def rows(self) -> list[str]:
        return rows_of(self.getvalue())


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.fixture
def bottom() -> BottomLines:
    return BottomLines()


@pytest.fixture
def screen(terminal: Terminal, bottom: BottomLines) -> Screen:
    return Screen(Console(file=terminal, force_terminal=True, width=40, height=12, color_system=None), bottom)


def test_lines_come_above_what_stays_in_sight(screen: Screen, bottom: BottomLines, terminal: Terminal) -> None:
    bottom.set("problems", PROBLEM)

    screen.redraw()
    screen.write("one")
    screen.write("two")

    assert terminal.rows == ["one", "two", PROBLEM]


def test_what_is_no_longer_wrong_goes_out_of_sight(screen: Screen, bottom: BottomLines, terminal: Terminal) -> None:
    bottom.set("problems", PROBLEM)
    screen.write("one")

    bottom.clear("problems")
    screen.redraw()
    screen.write("two")

    assert terminal.rows == ["one", "two"]


def test_nothing_is_written_where_nothing_has_changed(screen: Screen, bottom: BottomLines, terminal: Terminal) -> None:
    bottom.set("problems", PROBLEM)
    screen.redraw()
    before = terminal.getvalue()

    screen.redraw()

    assert terminal.getvalue() == before


@pytest.mark.parametrize("typed", ["h", "s " + "x" * 60], ids=["short", "two rows"])
def test_what_is_typed_leaves_no_trace_but_its_own_line(
    screen: Screen, bottom: BottomLines, terminal: Terminal, typed: str
) -> None:
    bottom.set("problems", PROBLEM)
    screen.write("one")

    rows = [typed[start : start + 40] for start in range(0, len(typed), 40)]
    terminal.write("\n".join(rows) + "\n")  # as the terminal itself shows it
    screen.typed(typed)
    screen.write("the answer")

    assert terminal.rows == ["one", f"> {typed}", "the answer", PROBLEM]


def test_what_is_typed_stands_where_it_is_when_there_is_nothing_below(screen: Screen, terminal: Terminal) -> None:
    terminal.write("h\n")
    screen.typed("h")
    screen.write("the answer")

    assert terminal.rows == ["h", "the answer"]


def test_the_bottom_takes_a_row_for_each_line_and_a_third_of_the_height_at_most(
    screen: Screen, bottom: BottomLines, terminal: Terminal
) -> None:
    bottom.set("progress", *(f"{number} {'x' * 100}" for number in range(10)))

    screen.redraw()
    screen.redraw()

    assert [row[0] for row in terminal.rows] == ["6", "7", "8", "9"]
    assert {len(row) for row in terminal.rows} == {39}
    assert {row[-1] for row in terminal.rows} == {"…"}


def test_only_lines_that_scroll_are_left_at_the_end(screen: Screen, bottom: BottomLines, terminal: Terminal) -> None:
    bottom.set("problems", PROBLEM)
    screen.write("one")

    screen.close()

    assert terminal.rows == ["one"]


def test_without_colour_there_are_no_other_styles_either(screen: Screen, terminal: Terminal) -> None:
    screen.write("ota-dev 0.1.0, a mock update server")
    screen.write("! a.zip is not on offer")

    assert "\x1b" not in terminal.getvalue()


@pytest.mark.parametrize("encoding", ["cp1252", "cp936", "ascii"])
def test_an_old_code_page_escapes_what_it_cannot_show(encoding: str, bottom: BottomLines) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, errors="backslashreplace", newline="\n")  # as stderr is
    screen = Screen(Console(file=stream, force_terminal=True, width=60, legacy_windows=False), bottom)

    bottom.set("problems", "! 1 problem: 笔记 🎉 é.zip is not on offer: " + "it is cut short " * 9)
    screen.write("  hint      choose “Check for Updates…” in 笔记 é 🎉")
    screen.close()
    stream.flush()

    shown = written.getvalue().decode(encoding)
    assert "Check for Updates" in shown
    assert r"\U0001f389" in shown


def test_a_terminal_that_is_gone_is_no_failure(bottom: BottomLines, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    screen = Screen(Console(file=terminal, force_terminal=True), bottom)
    monkeypatch.setattr(terminal, "write", _gone)
    bottom.set("problems", PROBLEM)

    attempts: list[Callable[[], None]] = [lambda: screen.write("one"), screen.redraw, lambda: screen.typed("h")]

    for attempt in attempts:
        attempt()
    screen.close()


def _gone(_: str) -> int:
    raise OSError

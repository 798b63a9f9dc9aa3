"""The lines of `serve` are written by a thread of their own, which may get stuck and must not take the server along."""

import threading
import time
from collections.abc import Iterator

import pytest

from ota_dev.cli.serving import log
from ota_dev.cli.serving.log import LineWriter

LIMIT = 10  # seconds; far more than anything here takes


class StuckTerminal:
    """A terminal that takes one line and then no more, until it is released."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.is_stuck, self.may_go_on = threading.Event(), threading.Event()

    def say(self, line: str) -> None:
        self.lines.append(line)
        self.is_stuck.set()
        self.may_go_on.wait(LIMIT)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[StuckTerminal]:
    monkeypatch.setattr(log, "MOST_WAITING", 3)
    monkeypatch.setattr(log, "CLOSING_LIMIT", 0.05)
    stuck = StuckTerminal()
    yield stuck
    stuck.may_go_on.set()


def test_all_lines_are_written_in_their_order_before_the_end() -> None:
    lines: list[str] = []

    with LineWriter(lines.append) as writer:
        for number in range(100):
            writer.write(str(number))

    assert lines == [str(number) for number in range(100)]


def test_lines_that_find_no_place_are_counted(terminal: StuckTerminal) -> None:
    with LineWriter(terminal.say) as writer:
        writer.write("the first")
        assert terminal.is_stuck.wait(LIMIT)
        for number in range(10):
            writer.write(str(number))
        terminal.may_go_on.set()

    assert terminal.lines[:4] == ["the first", "0", "1", "2"]
    assert terminal.lines[4:] == ["! 7 lines were dropped: they could not be written quickly enough"]


def test_a_terminal_that_takes_nothing_does_not_hold_up_the_end(terminal: StuckTerminal) -> None:
    started = time.monotonic()

    with LineWriter(terminal.say) as writer:
        for number in range(10):
            writer.write(str(number))

    assert time.monotonic() - started < LIMIT / 2

"""What is wrong is one line in sight, and all of it on request."""

import pytest

from ota_dev.cli.serving.bottom_lines import BottomLines
from ota_dev.cli.serving.problem_lines import problem_lines, problem_status, show_problems
from ota_dev.dev_server.problems import Problems


@pytest.mark.parametrize(
    ("problems", "status"),
    [
        ([], []),
        (["a.zip is not on offer"], ["! 1 problem: a.zip is not on offer"]),
        (["one", "two"], ["! 2 problems, u shows all: one"]),
        (["a\x1b[2J"], ["! 1 problem: a\\x1b[2J"]),
    ],
    ids=["none", "one", "two", "hostile"],
)
def test_the_status_is_one_line(problems: list[str], status: list[str]) -> None:
    assert problem_status(problems) == status


def test_all_that_is_wrong_is_a_line_each() -> None:
    assert list(problem_lines(["one", "t\rwo"])) == ["! one", "! t\\rwo"]


def test_the_status_stays_in_sight_while_something_is_wrong() -> None:
    problems, bottom = Problems(), BottomLines()
    show_problems(problems, bottom)

    problems.report("publishing", ["one"])
    assert list(bottom.lines) == ["! 1 problem: one"]

    problems.report("publishing", [])
    assert not bottom.lines

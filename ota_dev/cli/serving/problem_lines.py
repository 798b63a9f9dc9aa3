"""What is wrong now, as lines: one that stays in sight, and all of it for who asks."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ota_dev.cli.console import printable
from ota_dev.cli.serving.bottom_lines import BottomLines

if TYPE_CHECKING:
    from ota_dev.dev_server.problems import Problems

__all__ = ["problem_lines", "problem_status", "show_problems"]


def problem_status(problems: Sequence[str]) -> list[str]:
    """Say in one line what is wrong; nothing when all is well."""
    if not problems:
        return []
    if len(problems) == 1:
        return [printable(f"! 1 problem: {problems[0]}")]
    return [printable(f"! {len(problems)} problems, u shows all: {problems[0]}")]


def show_problems(problems: "Problems", bottom: BottomLines) -> None:
    """Keep one line about *problems* in sight, as long as there are any."""
    problems.subscribe(lambda: bottom.set("problems", *problem_status(problems.current)))


def problem_lines(problems: Sequence[str]) -> Iterator[str]:
    """Say all that is wrong."""
    yield from (printable(f"! {problem}") for problem in problems)

"""Measures candidates side by side and says whether the targets are met.

The candidates take turns, so that whatever else the machine does meets all of them; a ratio is the median of the ratios
within each turn. Prints Markdown, and changes nothing.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.processes import find_program, wait_for_quiet

__all__ = ["Verdicts", "benchmark", "in_turn", "paired_ratio", "print_table", "spread"]

Result = TypeVar("Result")

_FEWEST_ROUNDS = 3
_QUIET_SECONDS = 2.0  # to wait for it before a measurement, at most
_SECONDS = 300  # after which no further round begins


def in_turn(candidates: Mapping[str, Callable[[], Result]], rounds: int) -> dict[str, list[Result]]:
    """Measure each candidate once in every round; a first round warms up and does not count.

    Each measurement waits a little for other work on the machine to end.
    """
    results: dict[str, list[Result]] = {name: [] for name in candidates}
    end = time.monotonic() + _SECONDS
    for number in range(rounds + 1):
        if number > _FEWEST_ROUNDS and time.monotonic() > end:
            break
        for name, measure in candidates.items():
            wait_for_quiet(_QUIET_SECONDS)
            result = measure()
            if number:
                results[name].append(result)
    return results


def paired_ratio(numerators: Iterable[float], denominators: Iterable[float]) -> float:
    """Give the median of the ratios of what was measured in the same round."""
    return median(one / other for one, other in zip(numerators, denominators, strict=True))


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Write the median and, in parentheses, the extremes."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table."""
    for cells in (headings, ["---"] * len(headings), *rows):
        print(f"| {' | '.join(cells)} |")
    print()


class Verdicts:
    """Holds what was measured against the targets, and remembers what was missed."""

    def __init__(self) -> None:
        self.missed = 0

    def at_least(self, bound: float, measured: float, what: str) -> None:
        """Print whether *measured* reaches *bound*."""
        self._print(measured >= bound, f"{what}: {measured:.2f} (target: at least {bound:g})")

    def at_most(self, bound: float, measured: float, what: str) -> None:
        """Print whether *measured* stays within *bound*."""
        self._print(measured <= bound, f"{what}: {measured:.2f} (target: at most {bound:g})")

    def _print(self, is_met: bool, sentence: str) -> None:
        self.missed += not is_met
        print(f"- {'met' if is_met else '**missed**'}: {sentence}", flush=True)


def benchmark(measure: Callable[[int, Verdicts], None], *, rounds: int, programs: Sequence[str] = ()) -> None:
    """Run a script: describe the machine, measure, and end with 1 when a target is missed.

    Without one of *programs* nothing can be measured; then it ends with 2.
    """
    module = sys.modules[measure.__module__]
    parser = argparse.ArgumentParser(description=module.__doc__)
    parser.add_argument("--rounds", type=int, default=rounds, help="rounds that count (default: %(default)s)")
    asked: int = parser.parse_args().rounds
    if missing := [program for program in programs if find_program(program) is None]:
        print(f"Install {', '.join(missing)} first: benchmarks/README.md says how.", file=sys.stderr)
        sys.exit(2)
    print(f"{_machine()}; {asked} rounds.\n", flush=True)
    verdicts = Verdicts()
    measure(asked, verdicts)
    print()
    sys.exit(1 if verdicts.missed else 0)


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    processor = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{processor}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}"

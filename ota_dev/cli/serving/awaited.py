"""`serve --until-expectation`: what is awaited of a client, for how long, and the waiting.

Every exchange wakes whoever waits. Looks at the clock, and at the journal that it is given.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import Empty
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.cli.signals import StopRequests
from ota_dev.errors import UsageError

if TYPE_CHECKING:
    from ota_dev.catalog.expectations import Expectation
    from ota_dev.journal import Journal, Result
    from ota_dev.scenarios.scenario import Chosen

__all__ = ["Awaited", "Timeout", "UntilExpectation", "awaited_of", "wait_until_settled"]

DEFAULT_TIMEOUT = "60s"
_OF_SCENARIO = "scenario"
_NEWS = 0  # No signal has this number.

UntilExpectation = Annotated[
    str | None,
    typer.Option(
        "--until-expectation",
        metavar="NAME|scenario",
        help="End once it is settled what a client did, with 0 if it did what it must and else 1: must-not-download, "
        "must-download-completely, must-refuse, must-retry-within:time=30s; scenario is what --scenario expects.",
    ),
]
Timeout = Annotated[
    str | None,
    typer.Option(
        "--timeout",
        metavar="TIME",
        help="How long --until-expectation waits, in seconds or with a unit, such as 90 or 2m.",
        show_default=DEFAULT_TIMEOUT,
    ),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Awaited:
    """An expectation, and how long a client has for it."""

    expectation: "Expectation"
    timeout: timedelta

    def judge(self, journal: "Journal") -> "Result":
        """Judge what clients did until now."""
        from ota_dev.journal import judge

        return judge(self.expectation, journal.exchanges, datetime.now(UTC))


def awaited_of(until: str | None, timeout: str | None, chosen: "Iterable[Chosen]") -> Awaited | None:
    """Give what is awaited, `None` for nothing; *chosen* are the scenarios in force.

    Raises:
        UsageError: one of the texts cannot be read, or no scenario expects anything.
    """
    if until is None:
        if timeout is not None:
            raise UsageError("--timeout is how long --until-expectation waits: give both")
        return None
    from ota_dev.scenarios.expectations import parse_expectation

    expectation = _expected_by(chosen) if until == _OF_SCENARIO else parse_expectation(until)
    return Awaited(expectation=expectation, timeout=_duration(timeout or DEFAULT_TIMEOUT))


def wait_until_settled(awaited: Awaited, journal: "Journal", requests: StopRequests) -> None:
    """Wait until nothing can change the result any more, the time is over, or somebody asks to end."""

    def wake(_: object) -> None:
        if requests.empty():  # Whatever is in there wakes as well.
            requests.put(_NEWS)

    over = monotonic() + awaited.timeout.total_seconds()
    unsubscribe = journal.subscribe(wake)
    try:
        while not awaited.judge(journal).is_settled and (left := over - monotonic()) > 0:
            with suppress(Empty):
                # As in `wait_until_stopped`; and the time to retry may be over without an exchange.
                if requests.get(timeout=min(left, 1)) != _NEWS:
                    return
    finally:
        unsubscribe()


def _expected_by(chosen: "Iterable[Chosen]") -> "Expectation":
    expected = [one.scenario.expect for one in chosen if one.scenario.expect]
    if not expected:
        raise UsageError(
            "--until-expectation scenario: no scenario in force expects anything, so name an expectation, "
            "such as must-refuse"
        )
    return expected[-1]


def _duration(text: str) -> timedelta:
    from ota_dev.scenarios.values import DURATION

    try:
        return DURATION.read(f"{text}s" if text.isdigit() else text)
    except ValueError as error:
        raise UsageError(f"--timeout {text}: {error}") from error

"""Asks several questions of a machine at once, and waits for no answer longer than it may take.

Works in threads, one for each question; one that hangs is left behind, and ends with the process.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

from ota_dev.diagnosis.facts import Fact, without_home
from ota_dev.errors import OtaDevError

__all__ = ["Probe", "Section", "examine"]

Probe = Callable[[], Iterable[Fact]]
_Answers = SimpleQueue[tuple[Fact, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What one probe found out."""

    title: str
    facts: tuple[Fact, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Give what is wrong, one sentence each."""
        return tuple(fact.problem for fact in self.facts if fact.problem)


def examine(probes: Mapping[str, Probe], home: Path, limit: timedelta) -> tuple[Section, ...]:
    """Give what each probe finds out within *limit*, in their order; a probe that fails is a problem, not an error."""
    deadline = time.monotonic() + limit.total_seconds()
    begun = {title: _begun(title, probe) for title, probe in probes.items()}
    return tuple(
        Section(title=title, facts=tuple(without_home(fact, home) for fact in _awaited(title, answers, deadline)))
        for title, answers in begun.items()
    )


def _begun(title: str, probe: Probe) -> _Answers:
    answers = _Answers()
    threading.Thread(target=lambda: answers.put(_facts(title, probe)), name=f"probe of {title}", daemon=True).start()
    return answers


def _awaited(title: str, answers: _Answers, deadline: float) -> tuple[Fact, ...]:
    try:
        return answers.get(timeout=max(0.0, deadline - time.monotonic()))
    except Empty:
        return (_unknown(title, "no answer came in time: something hangs, such as a network drive"),)


def _facts(title: str, probe: Probe) -> tuple[Fact, ...]:
    try:
        return tuple(probe())
    except OtaDevError as error:
        return (_unknown(title, str(error)),)
    except Exception as error:  # Whoever reports a bug must hear of all the rest.
        return (_unknown(title, f"{type(error).__name__}: {error}"),)


def _unknown(title: str, reason: str) -> Fact:
    return Fact(name=title, value="unknown", problem=f"{title}: {reason}")

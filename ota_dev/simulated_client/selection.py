"""How clients choose among the items of a feed, and what becomes of the others. Pure.

Every client refuses items one by one, takes the newest of the rest, the first in the feed among equals, and offers it
if it is newer than what is installed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, Protocol, TypeVar

from ota_dev.simulated_client.comparators import Comparator
from ota_dev.simulated_client.decisions import Judgement, Refusal, Verdict
from ota_dev.simulated_client.rules import quoted

__all__ = ["Seen", "Selection", "refuse_all", "select"]


class Seen(Protocol):
    """An item as one client sees it."""

    @property
    def version(self) -> str:
        """Give what the client compares."""

    @property
    def short_version(self) -> str:
        """Give what the client shows."""


SeenT = TypeVar("SeenT", bound=Seen)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection(Generic[SeenT]):
    """What a client chose, and what became of every item."""

    chosen: SeenT | None
    items: tuple[Judgement, ...]


def select(
    judged: Sequence[tuple[SeenT, Refusal | None]],
    comparator: Comparator,
    installed: str,
    *,
    is_second_choice: Callable[[SeenT], bool] = lambda _: False,
    veto: Callable[[SeenT], Refusal | None] = lambda _: None,
) -> Selection[SeenT]:
    """Choose among items, each of which comes with the rule that refuses it.

    A second choice is offered only when there is nothing else. A *veto* on the newest ends the matter: the client does
    not go back to the others.
    """
    passing = [seen for seen, refusal in judged if refusal is None]
    best = _newest([seen for seen in passing if not is_second_choice(seen)], comparator)
    if best is None or comparator(installed, best.version) >= 0:
        best = _newest(passing, comparator)
    is_newer = best is not None and comparator(installed, best.version) < 0
    vetoed = veto(best) if best is not None and is_newer else None
    choice = _Choice(
        comparator=comparator,
        installed=installed,
        best=best,
        passing=len(passing),
        is_offered=is_newer and vetoed is None,
        vetoed=vetoed,
        is_second_choice=is_second_choice,
    )
    return Selection(
        chosen=best if choice.is_offered else None,
        items=tuple(_judgement(seen, refusal or choice.outcome(seen)) for seen, refusal in judged),
    )


def refuse_all(items: Sequence[Seen], refusal: Refusal) -> tuple[Judgement, ...]:
    """Judge the items of a feed of which a client uses nothing."""
    return tuple(_judgement(seen, refusal) for seen in items)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Passed:
    """The outcome of an item that no rule refuses."""

    verdict: Verdict
    rule: str | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Choice(Generic[SeenT]):
    """The newest of the items that pass, and what follows for the others."""

    comparator: Comparator
    installed: str
    best: SeenT | None
    passing: int
    is_offered: bool
    vetoed: Refusal | None
    is_second_choice: Callable[[SeenT], bool]

    def outcome(self, seen: SeenT) -> Refusal | _Passed:
        """Judge an item that passes every rule."""
        if self.comparator(self.installed, seen.version) >= 0:
            return self._not_newer(seen)
        if seen is self.best:
            return self.vetoed or self._offered()
        return self._outdone(seen, self.best) if self.best is not None and self.is_offered else self._not_looked_at()

    def _not_newer(self, seen: SeenT) -> Refusal:
        if self.comparator(self.installed, seen.version) > 0:
            reason = f"is older than the installed {quoted(self.installed)}"
        elif seen.version == self.installed:
            reason = "is installed"
        else:
            reason = f"is the same to this client as the installed {quoted(self.installed)}"
        counts = (
            ""
            if seen.version == seen.short_version
            else f"; {quoted(seen.version)} counts, not {quoted(seen.short_version)}"
        )
        return Refusal(rule="newer-than-installed", reason=f"{reason}{counts}")

    def _offered(self) -> _Passed:
        others = f"is the newest of the {self.passing} that pass every rule"
        return _Passed(verdict=Verdict.OFFERED, rule=None, reason=others if self.passing > 1 else "passes every rule")

    def _not_looked_at(self) -> Refusal:
        newest = quoted(self.best.version) if self.best is not None else ""
        return Refusal(
            rule="highest-version", reason=f"is not looked at, since the client considers only the newest, {newest}"
        )

    def _outdone(self, seen: SeenT, best: SeenT) -> _Passed:
        if self.is_second_choice(seen) and not self.is_second_choice(best):
            reason = f"is a major upgrade, offered only when there is nothing else, and there is {quoted(best.version)}"
            return _Passed(verdict=Verdict.ELIGIBLE, rule="major-upgrade", reason=reason)
        if self.comparator(seen.version, best.version) == 0:
            reason = f"equals {quoted(best.version)}, and the first in the feed counts"
        else:
            reason = f"is older than {quoted(best.version)}"
        return _Passed(verdict=Verdict.ELIGIBLE, rule="highest-version", reason=reason)


def _newest(items: Sequence[SeenT], comparator: Comparator) -> SeenT | None:
    if not items:
        return None
    return reduce(lambda best, seen: seen if comparator(best.version, seen.version) < 0 else best, items)


def _judgement(seen: Seen, outcome: Refusal | _Passed) -> Judgement:
    return Judgement(
        version=seen.version,
        short_version=seen.short_version,
        verdict=outcome.verdict if isinstance(outcome, _Passed) else Verdict.REFUSED,
        rule=outcome.rule,
        reason=outcome.reason,
    )

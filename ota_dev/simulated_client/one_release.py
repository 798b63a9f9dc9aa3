"""What clients have in common whose feed is about one release: each rule is asked in turn, then it is offered. Pure."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from ota_dev.simulated_client.comparators import Comparator
from ota_dev.simulated_client.decisions import Decision, Judgement, Offer, Refusal, Verdict
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import Rule, bounded, first_refusal, quoted

__all__ = ["OneRelease", "decide_about", "newer_than_installed", "unusable"]


class OneRelease(Protocol):
    """The release as the client sees it."""

    @property
    def version(self) -> str:
        """Give what the client compares."""

    @property
    def line(self) -> int:
        """Give where the feed says it."""


ReleaseT = TypeVar("ReleaseT", bound=OneRelease)


def decide_about(
    seen: ReleaseT, rules: Iterable[Rule[ReleaseT]], profile: Profile, offer: Callable[[ReleaseT], Offer]
) -> Decision:
    """Decide about the release of a feed; *offer* is asked for what passes every rule."""
    refusal = first_refusal(seen, rules, profile)
    judgement = Judgement(
        version=bounded(seen.version),
        short_version=bounded(seen.version),
        verdict=Verdict.REFUSED if refusal else Verdict.OFFERED,
        rule=refusal.rule if refusal else None,
        reason=refusal.reason if refusal else "passes every rule",
        line=seen.line,
    )
    return Decision(offered=None if refusal else offer(seen), items=(judgement,))


def unusable(rule: str, reason: str) -> Decision:
    """Decide about a document of which the client uses nothing."""
    return Decision(offered=None, items=(), problem=Refusal(rule=rule, reason=reason))


def newer_than_installed(comparator: Comparator, allows_downgrades: Callable[[Profile], bool]) -> Rule[ReleaseT]:
    """Make the rule that a release is newer, or at least another where the app allows downgrades."""

    def check(seen: ReleaseT, profile: Profile) -> str:
        order, installed = comparator(seen.version, profile.installed), quoted(profile.installed)
        if order == 0:
            same = f"is the same to this client as the installed {installed}"
            return "is installed" if seen.version == profile.installed else same
        if order > 0 or allows_downgrades(profile):
            return ""
        return f"is older than the installed {installed}, and the app does not allow downgrades"

    return Rule("newer-than-installed", check)

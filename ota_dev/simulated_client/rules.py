"""Rules as values: each has a name, and gives the reason for which a client refuses an item. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from ota_dev.simulated_client.decisions import Refusal
from ota_dev.simulated_client.profile import Profile

__all__ = ["Rule", "bounded", "first_refusal", "quoted"]

LONGEST_VERSION = 200  # characters; what lies behind them decides nothing
LONGEST_QUOTED = 80

SeenT = TypeVar("SeenT")
SeenT_contra = TypeVar("SeenT_contra", contravariant=True)


class Check(Protocol[SeenT_contra]):
    """Looks at one item; gives the reason to refuse it, an empty text when it passes."""

    def __call__(self, seen: SeenT_contra, profile: Profile, /) -> str:
        """Look at an item."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[SeenT]):
    """One reason for which a client refuses items."""

    name: str
    check: Check[SeenT]


def first_refusal(seen: SeenT, rules: Iterable[Rule[SeenT]], profile: Profile) -> Refusal | None:
    """Give the first rule that refuses an item, `None` when it passes all."""
    reasons = ((rule.name, rule.check(seen, profile)) for rule in rules)
    return next((Refusal(rule=name, reason=reason) for name, reason in reasons if reason), None)


def bounded(version: str) -> str:
    """Cut what is far too long to be a version."""
    return version[:LONGEST_VERSION]


def quoted(text: str) -> str:
    """Give a text of the feed as a reason names it: not too long, and in quotes where its borders would not show."""
    shown = text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…"
    return shown if shown and not any(map(str.isspace, shown)) else f'"{shown}"'

"""What was found out, as values, and as somebody may show it to strangers. Pure."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["Fact", "without_home"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that was found out."""

    name: str
    value: str
    problem: str = ""  # what is wrong with it and what to do, in one sentence; empty where all is well


def without_home(fact: Fact, home: Path) -> Fact:
    """Say `~` for the home folder, whose name is mostly the user's; systems differ in whether its case matters."""
    if home == Path(home.anchor):
        return fact
    pattern = re.compile(re.escape(str(home)) + r"(?![\w.-])", re.IGNORECASE)
    return replace(fact, value=pattern.sub("~", fact.value), problem=pattern.sub("~", fact.problem))

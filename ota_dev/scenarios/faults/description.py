"""What people are told about a fault: in lists, in the documentation, in the dashboard. Pure."""

from dataclasses import dataclass

from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.values import Kind

__all__ = ["EVERY_TARGET", "TARGETS", "Description"]

EVERY_TARGET = frozenset(Resource)
_ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """One fault in words; each text is a sentence or two."""

    name: str
    does: str
    client_must: str  # what a correct client does
    concerns: str  # which clients are likely to fail, and how
    targets: frozenset[Resource]  # what it disturbs unless `target` says otherwise
    is_for_feeds_alone: bool = False  # No other target makes sense.
    breaks_answer: bool = False  # A client can tell by what it struck that there is nothing in it to go on with.

    @property
    def default_target(self) -> str:
        """Give the targets as one would write them."""
        return _ALL if self.targets == EVERY_TARGET else ", ".join(sorted(self.targets))


def _read_targets(text: str) -> frozenset[Resource]:
    if text == _ALL:
        return EVERY_TARGET
    if text not in EVERY_TARGET:
        raise ValueError(f"write one of {', '.join((*Resource, _ALL))}")
    return frozenset({Resource(text)})


TARGETS = Kind(" | ".join((*Resource, _ALL)), _read_targets)

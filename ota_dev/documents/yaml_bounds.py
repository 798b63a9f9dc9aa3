"""What keeps YAML within bounds before it is read: no deep nesting, and no aliases. Pure."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from ota_dev.documents.nodes import DEEPEST

__all__ = ["Excess", "Mark", "excess"]


class Mark(Protocol):
    """A place in a text, of PyYAML in Python or in C."""

    index: int  # characters before it
    line: int  # the first is 0


class Excess(NamedTuple):
    """The first place beyond the bounds."""

    mark: Mark | None
    reason: str


def excess(text: str | bytes) -> Excess | None:
    """Find what would take time or memory without bound; `None` where there is nothing of the kind.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    import yaml  # noqa: PLC0415

    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return Excess(event.start_mark, f"it is deeper than {DEEPEST} levels, so leave some out")
        if isinstance(event, yaml.AliasEvent):
            return Excess(event.start_mark, "YAML aliases (*name) are not read here, so write the value out")
    return None

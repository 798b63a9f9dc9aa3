"""Scenarios and faults as lines for a terminal. Pure."""

from collections.abc import Iterable, Iterator

from ota_dev.scenarios.conditions import Condition

__all__ = ["table"]


def table(known: Iterable[Condition]) -> Iterator[str]:
    """Give a line for each, with what it does."""
    rows = [(one.kind, one.name, one.does) for one in known]
    width = max(len(name) for _, name, _ in rows)
    return (f"{kind:8}  {name:{width}}  {does}" for kind, name, does in rows)

"""What a shell offers, on Tab, for names that are no choices of an option. Pure.

Names alone: what Typer writes beside them is broken into lines, and shells take each line for another name.
"""

from collections.abc import Iterable

__all__ = ["condition_names", "fault_names", "scenario_names"]


def scenario_names(incomplete: str) -> list[str]:
    """Offer the scenarios whose names begin with *incomplete*."""
    from ota_dev.scenarios.catalogue import SCENARIOS

    return _beginning_with(incomplete, SCENARIOS)


def fault_names(incomplete: str) -> list[str]:
    """Offer the faults whose names begin with *incomplete*."""
    from ota_dev.scenarios.faults import FAULTS

    return _beginning_with(incomplete, FAULTS)


def condition_names(incomplete: str) -> list[str]:
    """Offer the scenarios and faults whose names begin with *incomplete*, each once."""
    return list(dict.fromkeys((*scenario_names(incomplete), *fault_names(incomplete))))


def _beginning_with(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]

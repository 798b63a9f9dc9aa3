"""The scenarios and the faults, from their catalogues. Pure."""

from collections.abc import Iterable

from docs.making.reference.markdown import code, table
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.faults import FAULTS, Description, Occasion
from ota_dev.scenarios.parameters import Parameter, parameters_of

__all__ = ["faults", "parameters_of_every_fault", "parameters_of_scenarios", "scenarios", "scenarios_in_short"]

_IN_SHORT = (  # what people try first
    *("update-available", "no-update", "critical", "phased", "malformed-feed", "wrong-key"),
    *("slow-3g", "stall", "truncate", "corrupt", "status", "html-instead"),
)


def scenarios() -> str:
    """Write the table of scenarios."""
    return table(
        ["scenario", "what the feed says", "a correct client must", "whom it concerns", "expectation"],
        (
            [code(each.name), each.does, each.client_must, each.concerns, code(each.expect)]
            for each in SCENARIOS.values()
        ),
    )


def scenarios_in_short() -> str:
    """Write the table of those scenarios and faults that people try first."""
    known = {name: SCENARIOS[name] if name in SCENARIOS else FAULTS[name].about for name in _IN_SHORT}
    return table(
        ["word", "what happens", "a correct client must"],
        ([code(name), each.does, each.client_must] for name, each in known.items()),
    )


def parameters_of_scenarios() -> str:
    """List what can be said to scenarios, but to those that are faults by another name."""
    return "\n".join(
        f"- {code(scenario.name)} {_said(each)}"
        for scenario in SCENARIOS.values()
        for each in parameters_of(type(scenario.bend)).values()
    )


def parameters_of_every_fault() -> str:
    """List what every fault takes."""
    return _listed(parameters_of(Occasion).values())


def faults() -> str:
    """Write every fault, with what it takes."""
    return "\n".join(_fault(each.about, parameters_of(each).values()) for each in FAULTS.values())


def _fault(about: Description, parameters: Iterable[Parameter]) -> str:
    parts = [
        f"### {about.name}\n\n{about.does}\n",
        _listed(parameters),
        f"- Disturbs: {about.default_target}{' and nothing else' if about.is_for_feeds_alone else ''}.",
        f"- A correct client must: {about.client_must}",
        f"- Who fails: {about.concerns}\n",
    ]
    return "\n".join(filter(None, parts))


def _listed(parameters: Iterable[Parameter]) -> str:
    return "\n".join(f"- {_said(each)}" for each in parameters)


def _said(parameter: Parameter) -> str:
    default = f"; {code(parameter.default)} by default" if parameter.default else ""
    return f"{code(parameter.name)}: {parameter.says} ({parameter.kind.name}){default}."

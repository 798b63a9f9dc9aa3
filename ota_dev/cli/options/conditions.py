"""The options of `serve` that choose scenarios and faults, and what they come to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.cli.options.completion import fault_names, scenario_names

if TYPE_CHECKING:
    from ota_dev.scenarios.syntax import Spec
    from ota_dev.server.in_force import Conditions
    from ota_dev.translations import Translations

__all__ = ["FAULTS_HELP", "Advertise", "Faults", "Scenarios", "Seed", "said_of", "specs_of"]

FAULTS_HELP = "How answers are disturbed: NAME or NAME:parameter=value,…; repeatable."

Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        envvar="OTA_DEV_SCENARIO",
        autocompletion=scenario_names,
        help="What the feed says instead of the truth: NAME or NAME:parameter=value,…; repeatable.",
    ),
]
Faults = Annotated[
    list[str] | None,
    typer.Option(
        "--fault",
        envvar="OTA_DEV_FAULT",
        autocompletion=fault_names,
        help=FAULTS_HELP,
    ),
]
Advertise = Annotated[
    str | None,
    typer.Option(
        "--advertise",
        envvar="OTA_DEV_ADVERTISE",
        metavar="VERSION|+patch|+minor|+major",
        help="Offer the newest installers under a higher version, so that the very build being run sees an update.",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", min=0, max=2**53 - 1, help="Repeats what faults leave to chance; drawn when it is not given."
    ),
]


def specs_of(scenarios: list[str] | None, faults: list[str] | None, advertise: str | None) -> "tuple[Spec, ...]":
    """Give what is to be in force from the start.

    Raises:
        UsageError: one of the texts cannot be read, or names a fault where a scenario belongs.
    """
    if not (scenarios or faults or advertise):
        return ()
    from ota_dev.scenarios.catalogue import SCENARIOS
    from ota_dev.scenarios.faults import FAULTS
    from ota_dev.scenarios.syntax import Spec, parse_spec, unknown_name

    chosen = [parse_spec(text) for text in scenarios or ()]
    disturbing = [parse_spec(text) for text in faults or ()]
    for spec in chosen:
        if spec.name in FAULTS and spec.name not in SCENARIOS:
            raise unknown_name("scenario (it is a fault: use --fault)", spec.name, SCENARIOS)
    for spec in disturbing:
        if spec.name not in FAULTS:
            raise unknown_name("fault", spec.name, FAULTS)
    advertised = [Spec("update-available", {"version": advertise})] if advertise else []
    return (*chosen, *advertised, *disturbing)


def said_of(conditions: "Conditions", texts: "Translations") -> Iterator[str]:
    """Say what is in force, one sentence each; nothing where all is normal."""
    from ota_dev.scenarios.faults import FAULTS

    in_force = conditions.current
    for chosen in in_force.scenarios:
        name, does, client_must = chosen.scenario.name, chosen.scenario.does, chosen.scenario.client_must
        yield texts.text(
            "terminal.scenario",
            scenario=chosen,
            does=texts.text_or(f"conditions.{name}.does", does),
            client_must=texts.text_or(f"conditions.{name}.client_must", client_must),
        )
    for spec in in_force.faults.specs:
        does = texts.text_or(f"conditions.{spec.name}.does", FAULTS[spec.name].about.does)
        yield texts.text("terminal.fault", fault=spec, does=does)

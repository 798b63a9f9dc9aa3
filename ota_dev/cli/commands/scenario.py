"""`ota-dev scenario`: the scenarios and faults there are, also one's own, and choosing them on a running server."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ota_dev.cli.console import printable, write_result
from ota_dev.cli.options.completion import condition_names, fault_names, scenario_names
from ota_dev.cli.options.conditions import FAULTS_HELP, Seed, specs_of
from ota_dev.cli.options.configuration import ConfigFile, Environment, configuration_of
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text
from ota_dev.errors import UsageError

if TYPE_CHECKING:
    from ota_dev.control_client import InForce
    from ota_dev.scenarios.conditions import Condition

__all__ = ["scenario"]

scenario = typer.Typer(
    name="scenario",
    help="Show the scenarios and faults there are, and choose them on a running server.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@scenario.command("list")
def list_scenarios(
    ctx: typer.Context,
    result_format: FormatOption = ResultFormat.TEXT,
    config_file: ConfigFile = None,  # noqa: ARG001  # handled by its callback, as is the next
    environment: Environment = None,  # noqa: ARG001
) -> None:
    """List every scenario and fault, and what it does."""
    from ota_dev.cli.reports.conditions import table

    known = _conditions(ctx).values()
    write_result(
        json_text([_described(one) for one in known]) if result_format is ResultFormat.JSON else _lines(table(known))
    )


@scenario.command("show")
def show_scenario(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A scenario or a fault.", autocompletion=condition_names)],
    result_format: FormatOption = ResultFormat.TEXT,
    config_file: ConfigFile = None,  # noqa: ARG001  # handled by its callback, as is the next
    environment: Environment = None,  # noqa: ARG001
) -> None:
    """Show what a scenario or a fault does, what a correct client must do then, and how to choose it."""
    from ota_dev.scenarios.syntax import unknown_name

    known = _conditions(ctx)
    if name not in known:
        raise unknown_name("scenario or fault", name, known)
    shown = known[name]
    write_result(json_text(_described(shown)) if result_format is ResultFormat.JSON else _lines(_page(shown)))


@scenario.command("set")
def set_scenario(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]",
            help="Scenarios, as NAME or NAME:parameter=value,…; normal is none.",
            autocompletion=scenario_names,
        ),
    ] = None,
    # Not the option of serve, whose variable would put a fault in force that nobody asks for now.
    fault: Annotated[list[str] | None, typer.Option("--fault", help=FAULTS_HELP, autocompletion=fault_names)] = None,
    seed: Seed = None,
    server: Annotated[
        str | None, typer.Option("--server", metavar="URL", help="The server, where several are running.")
    ] = None,
) -> None:
    """Choose scenarios and faults on a running server, in the place of what is in force there."""
    from ota_dev.cli.running_server import running_server

    if not (names or fault):
        raise UsageError("there is nothing to choose: give a NAME or --fault NAME, or normal to go back")
    specs_of(names, fault, None)  # Says here already what could not be used anywhere.
    client = running_server(server)
    write_result(_lines(_in_force(client.choose(scenarios=names or (), faults=fault or (), seed=seed), client.url)))


def _in_force(chosen: "InForce", url: str) -> Iterator[str]:
    yield f"in force  {url}"
    yield from (f"scenario  {name}" for name in chosen.scenarios or ("normal",))
    yield from (f"fault     {name}" for name in chosen.faults)
    if chosen.faults:
        yield f"seed      {chosen.seed}"


def _conditions(ctx: typer.Context) -> "dict[str, Condition]":
    from ota_dev.scenarios.catalogue import SCENARIOS
    from ota_dev.scenarios.conditions import conditions

    return conditions([*SCENARIOS.values(), *configuration_of(ctx).scenarios.values()])


def _page(shown: "Condition") -> Iterator[str]:
    yield f"{shown.kind} {shown.name}: {shown.does}"
    yield f"  a correct client must  {shown.client_must}"
    yield f"  whom it concerns       {shown.concerns}"
    for fault in shown.faults:
        yield f"  with the fault         {fault}"
    if shown.disturbs:
        yield f"  disturbs               {shown.disturbs}"
    if shown.expect:
        yield f"  expectation            {shown.expect}"
    yield f"  for everyone           ota-dev serve {shown.flag}{' --sign' if shown.needs_key else ''}"
    yield f"  for one client         http://127.0.0.1:8080{shown.path}"
    if shown.needs_key:
        yield "  needs a key in force   --sign or --key FILE"
    if shown.parameters:
        yield f"  parameters             {shown.name}:parameter=value,parameter=value"
    for each in shown.parameters.values():
        default = f"; {each.default} by default" if each.default else ""
        yield f"    {each.name:12}  {each.says} ({each.kind.name}){default}"


def _described(one: "Condition") -> dict[str, Any]:
    """Give what `--format json` promises: every field, null where there is nothing to say."""
    return {
        "name": one.name,
        "kind": one.kind,
        "does": one.does,
        "client_must": one.client_must,
        "concerns": one.concerns,
        "faults": list(one.faults),
        "disturbs": one.disturbs or None,
        "needs_key": one.needs_key,
        "expectation": one.expect or None,
        "flag": one.flag,
        "path": one.path,
        "parameters": [
            {"name": each.name, "kind": each.kind.name, "default": each.default or None, "says": each.says}
            for each in one.parameters.values()
        ],
    }


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{printable(line)}\n" for line in lines)

"""Every command with its arguments and options, from what Typer built of them. Pure."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from typer.main import get_command

from docs.making.reference.markdown import code, plain, table
from ota_dev.cli.app import COMMANDS, app, build_command
from ota_dev.cli.console import ExitCode

__all__ = ["commands", "exit_codes"]


_KINDS = {"str": "text", "int": "number"}


def commands() -> str:
    """Write all commands, in the order of the table of commands."""
    parts = [*_command("ota-dev", get_command(app), "Before any command:")]
    for name in COMMANDS:
        parts += _command(f"ota-dev {name}", build_command(name))
    return "\n".join(filter(None, parts))


def exit_codes() -> str:
    """Write what the exit codes mean."""
    return table(["exit code", "meaning"], ([str(each.value), each.meaning] for each in ExitCode))


def _command(name: str, command: Any, introduction: str = "") -> Iterator[str]:
    """Write one command and those below it; the commands of Typer's own library have no public type."""
    yield f"## `{name}`\n" if name.count(" ") < 2 else f"### `{name}`\n"
    yield f"{introduction or plain(_paragraphs(command.help))}\n"
    yield _usage(name, command)
    yield table(
        ["argument", "what it is"],
        ([code(each.metavar or each.name.upper()), _help(each)] for each in _shown(command, "argument")),
    )
    yield table(
        ["option", "value", "default", "environment variable", "what it does"],
        (_option(each) for each in _shown(command, "option")),
    )
    if name != "ota-dev":
        for below, each in getattr(command, "commands", {}).items():
            yield from _command(f"{name} {below}", each)


def _usage(name: str, command: Any) -> str:
    arguments = [each.metavar or each.name.upper() for each in _shown(command, "argument")]
    after = ["COMMAND", "..."] if hasattr(command, "commands") else arguments
    return f"Usage: {code(' '.join([name, '[OPTIONS]', *after]))}\n"


def _shown(command: Any, kind: str) -> list[Any]:
    return [each for each in command.params if each.param_type_name == kind and not getattr(each, "hidden", False)]


def _option(option: Any) -> list[str]:
    names = ", ".join(map(code, [*option.opts, *option.secondary_opts]))
    return [names, _value(option), _default(option), code(option.envvar), _help(option)]


def _value(option: Any) -> str:
    if option.is_flag:
        return ""
    if option.metavar:
        return code(option.metavar)
    if choices := getattr(option.type, "choices", None):
        return ", ".join(code(_written(choice)) for choice in choices)
    low, high = getattr(option.type, "min", None), getattr(option.type, "max", None)
    return (
        f"{low} to {high}"
        if low is not None and high is not None
        else code(_KINDS.get(option.type.name, option.type.name).upper())
    )


def _default(option: Any) -> str:
    if isinstance(option.show_default, str):
        return plain(option.show_default)
    return "required" if option.required else "" if option.is_flag else code(_written(option.default))


def _written(value: Any) -> str:
    return "" if value is None else str(value.value if isinstance(value, Enum) else value)


def _help(parameter: Any) -> str:
    return plain(re.sub(r"\s+", " ", parameter.help or ""))


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.replace("\b", "").split("\n\n"))

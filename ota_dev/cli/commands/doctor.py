"""`ota-dev doctor`: what a bug report needs, ready to paste."""

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ota_dev.cli.console import ExitCode, printable, write_result
from ota_dev.cli.options.configuration import CONFIG_VARIABLE
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text
from ota_dev.errors import ConfigurationError

if TYPE_CHECKING:
    from ota_dev.config import Configuration
    from ota_dev.diagnosis import Fact, Probe, Section

__all__ = ["doctor"]

_LIMIT = timedelta(seconds=8)
_WATCHING_LIMIT = timedelta(seconds=5)  # Where the system reports nothing, the folder is looked at every second.


def doctor(
    result_format: FormatOption = ResultFormat.TEXT,
) -> None:
    """Show what a bug report needs to know of this machine.

    Keys, tokens and the values of variables are never shown, and the home folder is ~. Ends with 1 if something is
    wrong.
    """
    from ota_dev.diagnosis import examine

    sections = examine(_probes(os.environ), Path.home(), _LIMIT)
    write_result(_json(sections) if result_format is ResultFormat.JSON else _text(sections))
    if any(section.problems for section in sections):
        raise typer.Exit(ExitCode.FINDINGS)


def _probes(environment: Mapping[str, str]) -> "dict[str, Probe]":
    from ota_dev import diagnosis

    return {
        "versions": diagnosis.versions,
        "system": diagnosis.system,
        "terminal": lambda: diagnosis.terminal(environment),
        "variables": lambda: diagnosis.variables(environment),
        "configuration": lambda: _configuration_file(environment),
        "keys": lambda: diagnosis.keys(environment),
        "folders": diagnosis.folders,
        "events": lambda: diagnosis.watching(_WATCHING_LIMIT),
        "servers": diagnosis.servers,
        "port": lambda: _port(environment),
    }


def _configuration_file(environment: Mapping[str, str]) -> "Iterator[Fact]":
    from ota_dev.diagnosis import Fact

    yield Fact(name="file", value=str(_configuration(environment).path or "none"))


def _port(environment: Mapping[str, str]) -> "Iterator[Fact]":
    """Look at the port that `serve` would take here, or would without a file that cannot be used."""
    from ota_dev.config import settings_in_force
    from ota_dev.diagnosis import port

    try:
        said = _configuration(environment).settings
    except ConfigurationError:
        said = {}
    settings = settings_in_force({}, environment, said)
    return port(int(str(settings["port"].value)))


def _configuration(environment: Mapping[str, str]) -> "Configuration":
    from ota_dev.config import load_configuration

    named = environment.get(CONFIG_VARIABLE)
    return load_configuration(Path(), Path(named) if named else None)


def _text(sections: "tuple[Section, ...]") -> str:
    width = max(len(fact.name) for section in sections for fact in section.facts)
    lines = []
    for section in sections:
        lines.append(section.title)
        lines += [f"  {printable(fact.name):{width}}  {printable(fact.value)}" for fact in section.facts]
    problems = [f"! {printable(problem)}" for section in sections for problem in section.problems]
    return "".join(f"{line}\n" for line in [*lines, "", *(problems or ["nothing is wrong"])])


def _json(sections: "tuple[Section, ...]") -> str:
    found = {section.title: {fact.name: fact.value for fact in section.facts} for section in sections}
    problems = [problem for section in sections for problem in section.problems]
    return json_text({**found, "problems": problems})

"""`ota-dev inspect`: what is inside an installer, and where each fact came from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ota_dev.cli.console import ExitCode, complain, printable, write_result
from ota_dev.cli.options.result_format import json_text
from ota_dev.errors import InstallerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ota_dev.catalog.artifacts import Artifact
    from ota_dev.feeds.appcast.items import AppcastItem
    from ota_dev.scan.inspection import Inspection

__all__ = ["inspect"]


class OutputFormat(StrEnum):
    """How to write what was found."""

    TEXT = "text"
    JSON = "json"
    YAML = "yaml"


FIELDS = (
    *("name", "identifier", "version", "short_version", "platform", "architectures"),
    *("minimum_os", "publisher", "public_key", "feed_url", "block_map_size", "channel"),
)
LABELS = {"minimum_os": "minimum OS", "feed_url": "feed URL"}
WIDEST = 60  # characters of a value up to which the sources stand in one column


def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Installers of any kind.", show_default=False)],
    output_format: Annotated[
        OutputFormat, typer.Option("--format", help="How to write what was found.")
    ] = OutputFormat.TEXT,
) -> None:
    """Show what is inside installers, and where each fact came from.

    The content decides what a file is, not its name. The last line says what generate-appcast would make of it.
    A file that cannot be opened is named, the others are read all the same, and the exit code is 3.
    """
    from ota_dev.scan.inspection import inspect_installer

    inspections, code = [], ExitCode.OK
    for file in files:
        try:
            inspections.append(inspect_installer(file))
        except InstallerError as error:
            complain(str(error))
            code = ExitCode.FAILED
    write_result(_written(inspections, output_format))
    raise typer.Exit(code)


def _written(inspections: list[Inspection], output_format: OutputFormat) -> str:
    match output_format:
        case OutputFormat.TEXT:
            return "\n".join("\n".join([*_lines(inspection), ""]) for inspection in inspections)
        case OutputFormat.JSON:
            return json_text(list(map(_record, inspections)))
        case OutputFormat.YAML:
            from ota_dev.documents import write_document

            return write_document(list(map(_record, inspections)))


def _record(inspection: Inspection) -> dict[str, Any]:
    """Give what `--format json` promises: every field, null where it is not known."""
    facts = inspection.facts
    return {
        "file": str(inspection.path),
        "kind": inspection.kind.value if inspection.kind else None,
        **{name: _plain(getattr(facts, name)) for name in FIELDS},
        "sources": {name: facts.sources[name] for name in FIELDS if name in facts.sources},
        "warnings": list(facts.warnings),
        "appcast": _appcast(inspection),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [entry.value for entry in value]
    return getattr(value, "value", value)


def _appcast(inspection: Inspection) -> dict[str, Any]:
    """Give what `generate-appcast` would make of the file, null where it would write nothing."""
    from ota_dev.scan.interface import Skipped

    if isinstance(inspection.outcome, Skipped):
        return {"offered": False, "reason": inspection.outcome.reason}
    item = _item(inspection.outcome)
    return {
        "offered": True,
        "version": item.build,
        "short_version": item.short_version,
        "os": item.os,
        "arch": item.arch or None,
        "minimum_system_version": item.minimum_system_version or None,
        "hardware_requirements": item.hardware_requirements or None,
    }


def _item(artifact: Artifact) -> AppcastItem:
    """Show the artifact as the only one of its feed; where it would be found is not asked."""
    from ota_dev.feeds.appcast.items import AppcastApp, appcast_items
    from ota_dev.feeds.interface import Links

    (item,) = appcast_items(AppcastApp(key="", name=""), [artifact], Links(""))
    return item


def _lines(inspection: Inspection) -> Iterator[str]:
    facts = inspection.facts
    yield printable(str(inspection.path))
    known = {name: value for name in FIELDS if (value := getattr(facts, name))}
    texts = {name: ", ".join(value) if isinstance(value, tuple) else str(value) for name, value in known.items()}
    width = min(max(map(len, texts.values()), default=0), WIDEST)
    for name, text in texts.items():
        label = LABELS.get(name, name.replace("_", " "))
        yield f"  {label:<15} {printable(text):<{width}}   {printable(facts.sources.get(name, ''))}".rstrip()
    for warning in facts.warnings:
        yield f"  ! {printable(warning)}"
    yield f"  {'in the appcast':<15} {printable(_outcome(inspection))}"


def _outcome(inspection: Inspection) -> str:
    from ota_dev.scan.interface import Skipped

    if isinstance(inspection.outcome, Skipped):
        return f"left out: {inspection.outcome.reason}"
    item = _item(inspection.outcome)
    build = f" (build {item.build})" if item.build != item.short_version else ""
    minimum = f" {item.minimum_system_version} and newer" if item.minimum_system_version else ""
    only = " only" if item.hardware_requirements else ""
    return f"{item.short_version}{build} for {item.os}{minimum}, {item.arch or 'every architecture'}{only}"

"""`ota-dev inspect`: what is inside an installer, and where each fact came from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ota_dev.cli.console import ExitCode, complain, printable, write_result
from ota_dev.errors import InstallerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ota_dev.catalog.artifacts import Artifact
    from ota_dev.scan.inspection import Inspection

__all__ = ["inspect"]


class OutputFormat(StrEnum):
    """How to write what was found."""

    TEXT = "text"
    JSON = "json"
    YAML = "yaml"


FIELDS = (
    *("name", "identifier", "version", "short_version", "platform", "architectures"),
    *("minimum_os", "publisher", "public_key", "feed_url"),
)


def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Installers of any kind.", show_default=False)],
    output_format: Annotated[
        OutputFormat, typer.Option("--format", help="How to write what was found.")
    ] = OutputFormat.TEXT,
) -> None:
    """Show what is inside installers, and where each fact came from.

    The content decides what a file is, not its name. The last line says what a feed would make of it.
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
            import json

            return json.dumps(list(map(_record, inspections)), indent=2, ensure_ascii=False) + "\n"
        case OutputFormat.YAML:
            from ota_dev.documents import write_document

            return write_document(list(map(_record, inspections)))


def _record(inspection: Inspection) -> dict[str, Any]:
    """Give what `--format json` promises: every field, null where it is not known."""
    known = {name: _plain(getattr(inspection.facts, name)) for name in FIELDS}
    return {
        "file": str(inspection.path),
        "kind": inspection.kind.value if inspection.kind else None,
        **known,
        "sources": dict(inspection.facts.sources),
        "warnings": list(inspection.facts.warnings),
        "appcast": _appcast(inspection),
    }


def _appcast(inspection: Inspection) -> dict[str, Any]:
    from ota_dev.scan.interface import Skipped

    if isinstance(inspection.outcome, Skipped):
        return {"offered": False, "reason": inspection.outcome.reason}
    artifact = inspection.outcome
    return {
        "offered": True,
        "version": artifact.build.text,
        "short_version": artifact.short_version.text,
        "os": artifact.platform.value,
        "arch": artifact.architecture.value,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [entry.value for entry in value]
    return getattr(value, "value", value)


def _lines(inspection: Inspection) -> Iterator[str]:
    from ota_dev.scan.interface import Skipped

    facts = inspection.facts
    yield printable(str(inspection.path))
    known = {name: value for name, value in facts.known().items() if name in FIELDS}
    texts = {name: ", ".join(value) if isinstance(value, tuple) else str(value) for name, value in known.items()}
    width = max(map(len, texts.values()), default=0)
    for name, text in texts.items():
        label = name.replace("_", " ")
        yield f"  {label:<14} {printable(text):<{width}}   {printable(facts.sources.get(name, ''))}".rstrip()
    for warning in facts.warnings:
        yield f"  ! {printable(warning)}"
    outcome = inspection.outcome
    yield f"  {'in a feed':<14} " + (
        f"left out: {printable(outcome.reason)}" if isinstance(outcome, Skipped) else _offer(outcome)
    )


def _offer(artifact: Artifact) -> str:

    build = f" (build {artifact.build})" if artifact.build != artifact.short_version else ""
    minimum = f", from macOS {artifact.facts.minimum_os}" if _has_published_minimum(artifact) else ""
    return printable(
        f"{artifact.short_version}{build} for {artifact.platform}, architecture {artifact.architecture}{minimum}"
    )


def _has_published_minimum(artifact: Artifact) -> bool:
    return artifact.platform == "macos" and artifact.facts.minimum_os is not None

"""The options that say what the newest release is, declared once for every command that publishes.

A command takes one parameter, `newest`, and `with_policy_options` puts the options in its place.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from ota_dev.catalog import policy_values as check
from ota_dev.catalog.policy import Critical, Informational, Policy
from ota_dev.errors import UsageError

__all__ = ["with_policy_options"]

_PANEL = "Policy of the newest release, before what files say of it"


@dataclass(frozen=True, slots=True)
class _Option:
    """One option; without anything to read it is a switch."""

    help: str
    metavar: str = ""
    read: Callable[[str], object] | None = None


def with_policy_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of a policy in place of its parameter `newest`, which is given what they say.

    A value that clients would misread is a `UsageError` that names its option.
    """

    @wraps(command)
    def with_policy(**parameters: Any) -> None:
        said = {name: parameters.pop(name) for name in _OPTIONS}
        command(**parameters, newest=_policy(said))

    own = signature(command)
    parameters = tuple(given for parameter in own.parameters.values() for given in _instead_of(parameter))
    with_policy.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # Typer asks for it
    return with_policy


def _instead_of(parameter: Parameter) -> Iterator[Parameter]:
    if parameter.name != "newest":
        yield parameter
        return
    for name, option in _OPTIONS.items():
        metavar = option.metavar or None
        declared = typer.Option(_flag(name), metavar=metavar, help=option.help, rich_help_panel=_PANEL)
        kind: Any = Annotated[str | None, declared] if option.read else Annotated[bool, declared]
        yield parameter.replace(name=name, annotation=kind, default=None if option.read else False)


def _policy(said: Mapping[str, Any]) -> Policy:
    """Build the policy out of the options' values, by name."""
    values: dict[str, Any] = {name: _read(name, value) for name, value in said.items() if value not in (None, False)}
    critical_below = values.pop("critical_below", None)
    if values.pop("critical", False) or critical_below:
        values["critical"] = Critical(below_version=critical_below)
    below, versions = values.pop("informational_below", None), values.pop("informational_versions", ())
    if values.pop("informational", False) or below or versions:
        values["informational"] = Informational(versions=versions, below_version=below)
    return Policy(**values)


def _read(name: str, value: Any) -> object:
    read = _OPTIONS[name].read
    if read is None:
        return value
    try:
        return read(value)
    except ValueError as error:
        raise UsageError(f"{_flag(name)}: {error}") from error


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _versions(text: str) -> tuple[str, ...]:
    return tuple(check.version_text(version.strip()) for version in text.split(","))


def _hardware(text: str) -> tuple[str, ...]:
    return check.hardware_requirements(name.strip() for name in text.split(","))


_OPTIONS = {
    "title": _Option("Its title.", "TEXT", check.one_line),
    "channel": _Option("The channel that it is on.", "NAME", check.channel_name),
    "minimum_os": _Option("The oldest system it runs on.", "VERSION", check.system_version),
    "maximum_os": _Option("The newest system it is for.", "VERSION", check.system_version),
    "hardware_requirements": _Option("The hardware it needs.", "arm64", _hardware),
    "minimum_update_version": _Option("Apps below it are not offered it.", "VERSION", check.version_text),
    "minimum_autoupdate_version": _Option("To apps below it, it is a major upgrade.", "VERSION", check.version_text),
    "ignore_skipped_upgrades_below_version": _Option(
        "Who skipped the major upgrade below it is told again.", "VERSION", check.version_text
    ),
    "critical": _Option("It is critical, for everyone."),
    "critical_below": _Option("It is critical for apps below it.", "VERSION", check.version_text),
    "phased_rollout_interval": _Option(
        "The time between two of the seven groups that get it.", "SECONDS|12h|1d", check.rollout_interval
    ),
    "staging": _Option("To how many of 100 clients electron-updater offers it.", "1-100", check.staging_percentage),
    "informational": _Option("It is only announced, with --link, to everyone."),
    "informational_versions": _Option("It is only announced to apps of these.", "VERSION,...", _versions),
    "informational_below": _Option("It is only announced to apps below it.", "VERSION", check.version_text),
    "installer_arguments": _Option("What WinSparkle starts it with.", "TEXT", check.one_line),
    "link": _Option("The product's page.", "URL", check.web_link),
    "full_release_notes_link": _Option("The history of all versions.", "URL", check.web_link),
    "publication_date": _Option("When it is published; rollouts count from it.", "ISO-8601", check.publication_date),
}

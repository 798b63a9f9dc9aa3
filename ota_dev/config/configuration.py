"""What a configuration file says: settings, what is said of releases, own scenarios, the app's environments.

Reads that file.

`ota-dev.yaml` is ours, and a key that is not known in it is an error. `ota_config.yaml` is the app's own: from it only
the environment is read, and every other key is passed over. What an environment says goes before what stands above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ota_dev.config.environments import CLIENT_READERS, ClientEnvironment
from ota_dev.config.schema import SETTINGS
from ota_dev.config.sources import Sourced
from ota_dev.documents import Document, Reader, load_document, read_keys, suggestion
from ota_dev.errors import UsageError
from ota_dev.scan.rules import Rules, rules_of

if TYPE_CHECKING:
    from ota_dev.scenarios.scenario import Scenario

__all__ = ["APP_FILE_NAME", "FILE_NAME", "Configuration", "load_configuration"]

FILE_NAME = "ota-dev.yaml"
APP_FILE_NAME = "ota_config.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Configuration:
    """What a configuration file says; without a file, nothing."""

    path: Path | None = None
    settings: Mapping[str, Sourced] = field(default_factory=dict)  # by key
    rules: Rules = field(default_factory=Rules)
    scenarios: "Mapping[str, Scenario]" = field(default_factory=lambda: MappingProxyType({}))  # the user's own, by name
    environment: ClientEnvironment | None = None


def load_configuration(folder: Path, path: Path | None = None, environment: str | None = None) -> Configuration:
    """Read the configuration at *path*, else `ota-dev.yaml` in *folder*, else the app's own `ota_config.yaml` there.

    Raises:
        ConfigurationError: the file cannot be used; all that is wrong with it is told at once.
        UsageError: the *environment* asked for is not in it.
    """
    candidates = (folder / FILE_NAME, folder / APP_FILE_NAME)
    found = path or next((candidate for candidate in candidates if candidate.exists()), None)
    if found is None:
        if environment:
            raise UsageError(f"--environment {environment}: there is no {FILE_NAME} here that could describe it")
        return Configuration()
    document = load_document(found)
    return _read_app_file(document, environment) if found.name == APP_FILE_NAME else _read(document, environment)


def _read(document: Document, wanted: str | None) -> Configuration:
    top: dict[str, Any] = read_keys(document, _TOP_READERS)
    settings, rules = _sourced(document, top), top.get("releases", Rules())
    scenarios = top.get("scenarios", MappingProxyType({}))
    name = wanted or top.get("environment")
    if not name:
        return Configuration(path=document.path, settings=settings, rules=rules, scenarios=scenarios)
    section = _environment_section(document, name, wanted)
    said: dict[str, Any] = read_keys(section, _ENVIRONMENT_READERS)
    environment = ClientEnvironment.of(name, said)
    return Configuration(
        path=document.path,
        settings=settings | _listening_address(section, environment) | _sourced(section, said),
        rules=Rules((*rules.rules, *said.get("releases", Rules()).rules)),
        scenarios=scenarios,
        environment=environment,
    )


def _read_app_file(document: Document, wanted: str | None) -> Configuration:
    name = wanted or (document.text("environment") if "environment" in document.values else None)
    if not name:
        return Configuration(path=document.path)
    section = _environment_section(document, name, wanted).only(CLIENT_READERS)
    environment = ClientEnvironment.of(name, read_keys(section, CLIENT_READERS))
    return Configuration(path=document.path, settings=_listening_address(section, environment), environment=environment)


def _environment_section(document: Document, name: str, wanted: str | None) -> Document:
    sections = document.section("environments") if document.values.get("environments") else None
    if sections is not None and name in sections.values:
        return sections.section(name)
    problem = (
        f"there is no such environment, {suggestion(name, list(sections)) if sections is not None else 'nor any other'}"
    )
    if wanted:
        raise UsageError(f"--environment {name}: {problem}")
    raise document.error("environment", problem)


def _sourced(document: Document, values: Mapping[str, Any]) -> dict[str, Sourced]:
    return {
        setting.key: Sourced(values[setting.key], f"{document.path}, line {document.lines[setting.key]}")
        for setting in SETTINGS
        if values.get(setting.key) is not None
    }


def _listening_address(document: Document, environment: ClientEnvironment) -> dict[str, Sourced]:
    """Listen where the app looks, if that is on this machine."""
    if (address := environment.local_address) is None:
        return {}
    source = f"{document.path}, line {document.lines['ota_server']}: ota_server"
    return {"host": Sourced(address[0], source), "port": Sourced(address[1], source)}


def _environments(document: Document, key: str) -> None:
    """Check every environment, so that a mistake shows before it is needed."""
    if document.values[key] is not None:
        section = document.section(key)
        read_keys(section, dict.fromkeys(section, _environment))


def _environment(document: Document, name: str) -> dict[str, object]:
    return read_keys(document.section(name), _ENVIRONMENT_READERS)


def _scenarios(document: Document, key: str) -> "Mapping[str, Scenario]":
    # Most runs have no scenario, and pay nothing for what one could be made of.
    from ota_dev.config.own_scenarios import own_scenarios_of  # noqa: PLC0415

    return own_scenarios_of(document, key)


_READERS: dict[str, Reader[object]] = {setting.key: setting.read for setting in SETTINGS} | {"releases": rules_of}
_ENVIRONMENT_READERS = _READERS | CLIENT_READERS
_TOP_READERS = _READERS | {"scenarios": _scenarios, "environment": Document.text, "environments": _environments}

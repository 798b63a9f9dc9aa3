"""YAML documents, read with the line of every key, so that an error can name file, line and key.

Reads the files it is given and nothing else. The only user of PyYAML.
"""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from ota_dev.errors import ConfigurationError

__all__ = ["Document", "load_document", "write_document"]

SIZE_LIMIT = 64 * 1024  # bytes; a sidecar has a few hundred, and PyYAML reads some 100 kB a second
DEEPEST = 32  # levels; PyYAML takes time that grows with their square
LONGEST_SHOWN = 40  # characters of a key or a value in a message


def write_document(values: Any) -> str:
    """Write plain values as YAML, in their own order."""
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


@dataclass(frozen=True, slots=True)
class Document:
    """The mapping at the top of a YAML file, with the line of every key."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]  # by key; the first line is 1

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def error(self, key: str, problem: str) -> ConfigurationError:
        """Build the error that names this file, the line and the key."""
        return ConfigurationError(f"{self.path}, line {self.lines[key]}: {_shortened(key)}: {problem}")

    def text(self, key: str) -> str | None:
        """Give the text under *key* without white space around it, `None` when there is none.

        Raises:
            ConfigurationError: there is a value, but it is no text. A version such as `1.10` must stand in quotes,
                since YAML reads it as the number 1.1.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip() or None
        raise self.error(key, f"write it in quotes, YAML reads it as the {type(value).__name__} {_shortened(value)}")


def load_document(path: Path) -> Document:
    """Read the YAML mapping in the file at *path*; an empty file is an empty mapping.

    Raises:
        ConfigurationError: the file cannot be read, is no YAML, no mapping, too large or too deep, or uses aliases
            (which can grow without bound).
    """
    data = _read(path)
    try:
        _refuse_what_grows(path, data)
        loader = yaml.SafeLoader(data)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigurationError(f"{path}{_place(error)}: this is no YAML: {_reason(error)}") from error
    if values is None:
        return Document(path, MappingProxyType({}), MappingProxyType({}))
    if not isinstance(node, yaml.MappingNode) or not all(isinstance(key, str) for key in values):
        raise ConfigurationError(f"{path}: it must be a mapping of keys to values, such as `os: macos`")
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    return Document(path, MappingProxyType(values), MappingProxyType(lines))


def _read(path: Path) -> bytes:
    try:
        # Opening a pipe would wait for somebody who writes into it.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ConfigurationError(f"{path}: it is no regular file, so remove it")
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror or error}): make it readable") from error
    if len(data) > SIZE_LIMIT:
        raise ConfigurationError(f"{path}: it is larger than {SIZE_LIMIT:,} bytes, which no configuration needs")
    return data


def _refuse_what_grows(path: Path, data: bytes) -> None:
    depth = 0
    for event in yaml.parse(data, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ConfigurationError(f"{path}: it is deeper than {DEEPEST} levels, which no configuration needs")
        if isinstance(event, yaml.AliasEvent):
            raise ConfigurationError(f"{path}: YAML aliases (*name) are not supported, write the value out")


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _reason(error: Exception) -> str:
    return getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"

"""YAML files, read with the line of every key however deep, so that an error can name file, line and key.

Reads the files it is given and nothing else. It imports PyYAML when there is a file to read:
that takes longer than publishing a small folder, and few folders have a sidecar.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ota_dev.documents.nodes import DEEPEST
from ota_dev.errors import ConfigurationError

if TYPE_CHECKING:
    import yaml

__all__ = ["Document", "Reader", "load_document", "read_keys", "suggestion", "write_document"]

SIZE_LIMIT = 64 * 1024  # bytes; a sidecar has a few hundred, and PyYAML reads some 100 kB a second
LONGEST_SHOWN = 40  # characters of a key or a value in a message
MOST_PROBLEMS = 20  # told at once

_PLAIN_KEY = re.compile(r"[\w:@/-]+…?")
_TEXT = "tag:yaml.org,2002:str"

_Value = TypeVar("_Value")


def write_document(values: Any) -> str:
    """Write plain values as YAML, in their own order."""
    import yaml  # noqa: PLC0415 # most runs have no YAML to read or write, and pay nothing for it

    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A mapping in a YAML file, with the line of every key."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]  # by key; the first line is 1
    nested: Mapping[str, tuple[Document, ...]]  # by key: the mapping under it, or those in the list under it
    key_path: str = ""  # of this mapping in its file, such as `environments.development`; empty at the top

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def error(self, key: str, problem: str) -> ConfigurationError:
        """Build the error that names this file, the line and the key."""
        return ConfigurationError(f"{self.path}, line {self.lines[key]}: {_joined(self.key_path, key)}: {problem}")

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

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts in the list under *key*, or the one text that stands there.

        Raises:
            ConfigurationError: there is anything else.
        """
        value = self.values.get(key)
        if not isinstance(value, list):
            text = self.text(key)
            return (text,) if text else ()
        if not all(isinstance(entry, str) for entry in value):
            raise self.error(key, "write a list of texts, each in quotes, such as ['1.0', '1.1']")
        return tuple(value)

    def section(self, key: str) -> Document:
        """Give the mapping under *key*.

        Raises:
            ConfigurationError: there is anything else.
        """
        if not isinstance(self.values[key], dict):
            raise self.error(key, "write keys and values below it, indented")
        return self.nested[key][0]

    def only(self, keys: Collection[str]) -> Document:
        """Leave out every key that is not among *keys*."""
        return replace(self, values={key: value for key, value in self.values.items() if key in keys})


Reader = Callable[[Document, str], _Value]  # of the value under one key; raises ConfigurationError or ValueError


def read_keys(document: Document, readers: Mapping[str, Reader[_Value]]) -> dict[str, _Value]:
    """Read every key of *document* with its reader.

    Raises:
        ConfigurationError: all that is wrong, at once: keys that no reader is for, and what the readers complain of.
    """
    values: dict[str, _Value] = {}
    problems: list[str] = []
    for key in document:
        try:
            if key not in readers:
                raise document.error(key, f"there is no such key, {suggestion(key, readers)}")
            values[key] = readers[key](document, key)
        except ConfigurationError as error:
            problems += error.problems
        except ValueError as error:
            problems += document.error(key, str(error)).problems
    if problems:
        raise ConfigurationError(*problems[:MOST_PROBLEMS])
    return values


def suggestion(word: str, known: Collection[str]) -> str:
    """Give the remedy for a *word* that is not *known*: the one that was meant, or all there are."""
    close = get_close_matches(word.lower(), known, n=1)
    return f"did you mean {close[0]}?" if close else f"use one of {', '.join(known)}"


def load_document(path: Path) -> Document:
    """Read the YAML mapping in the file at *path*; an empty file is an empty mapping.

    Raises:
        ConfigurationError: the file cannot be read, is no YAML, no mapping, too large or too deep, or uses aliases
            (which can grow without bound).
    """
    import yaml  # noqa: PLC0415

    data = _read(path)
    try:
        _refuse_what_grows(path, data)
        loader = yaml.SafeLoader(data)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigurationError(f"{path}{_place(error)}: this is no YAML: {_reason(error)}") from error
    if node is None or values is None:
        return Document(path, {}, {}, {})
    if not isinstance(values, dict):
        raise ConfigurationError(f"{path}: it must be a mapping of keys to values, such as `os: macos`")
    return _document(path, node, values, "")


def _document(path: Path, mapping: yaml.Node, values: dict[str, Any], key_path: str) -> Document:
    lines: dict[str, int] = {}
    nested: dict[str, tuple[Document, ...]] = {}
    for key_node, value_node in mapping.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if key_node.tag != _TEXT:
            raise ConfigurationError(f"{path}, line {line}: a key must be a text, so write it in quotes")
        if key in lines:
            raise ConfigurationError(f"{path}, line {line}: {_joined(key_path, key)}: line {lines[key]} has it too")
        lines[key] = line
        nested[key] = tuple(_nested(path, value_node, values[key], _joined(key_path, key)))
    return Document(path, values, lines, nested, key_path)


def _nested(path: Path, node: yaml.Node, value: Any, key_path: str) -> Iterator[Document]:
    if isinstance(value, dict):
        yield _document(path, node, value, key_path)
    elif isinstance(value, list):
        for index, (entry, entry_value) in enumerate(zip(node.value, value, strict=True)):
            yield from _nested(path, entry, entry_value, f"{key_path}[{index}]")


def _joined(key_path: str, key: str) -> str:
    shown = _shortened(key)
    shown = shown if _PLAIN_KEY.fullmatch(shown) else f'"{shown}"'
    return f"{key_path}.{shown}" if key_path else shown


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
    import yaml  # noqa: PLC0415

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

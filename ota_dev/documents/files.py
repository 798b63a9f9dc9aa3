"""YAML files that steer ota-dev, read with the line of every key however deep, and written.

Reads the files it is given and nothing else. It imports PyYAML when there is a file to read: that takes longer than
publishing a small folder, and few folders have a sidecar.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ota_dev.documents.document import Document, joined
from ota_dev.documents.yaml_bounds import Mark, excess
from ota_dev.errors import ConfigurationError

if TYPE_CHECKING:
    import yaml

__all__ = ["load_document", "write_document"]

SIZE_LIMIT = 64 * 1024  # bytes; a sidecar has a few hundred, and PyYAML reads some 100 kB a second

_TEXT = "tag:yaml.org,2002:str"


def write_document(values: Any) -> str:
    """Write plain values as YAML, in their own order."""
    import yaml  # noqa: PLC0415 # most runs have no YAML to read or write, and pay nothing for it

    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


def load_document(path: Path) -> Document:
    """Read the YAML mapping in the file at *path*; an empty file is an empty mapping.

    Raises:
        ConfigurationError: the file cannot be read, is no YAML, no mapping, too large or too deep, or uses aliases
            (which can grow without bound).
    """
    import yaml  # noqa: PLC0415

    data = _read(path)
    try:
        if too_much := excess(data):
            raise ConfigurationError(f"{path}{_place(too_much.mark)}: {too_much.reason}")
        loader = yaml.SafeLoader(data)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigurationError(
            f"{path}{_place(getattr(error, 'problem_mark', None))}: this is no YAML: {_reason(error)}"
        ) from error
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
            raise ConfigurationError(f"{path}, line {line}: {joined(key_path, key)}: line {lines[key]} has it too")
        lines[key] = line
        nested[key] = tuple(_nested(path, value_node, values[key], joined(key_path, key)))
    return Document(path, values, lines, nested, key_path)


def _nested(path: Path, node: yaml.Node, value: Any, key_path: str) -> Iterator[Document]:
    if isinstance(value, dict):
        yield _document(path, node, value, key_path)
    elif isinstance(value, list):
        for index, (entry, entry_value) in enumerate(zip(node.value, value, strict=True)):
            yield from _nested(path, entry, entry_value, f"{key_path}[{index}]")


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


def _place(mark: Mark | None) -> str:
    return f", line {mark.line + 1}" if mark else ""


def _reason(error: Exception) -> str:
    return getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)

"""A mapping of a YAML file, every key with its line, so that an error can name file, line and key. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from ota_dev.errors import ConfigurationError

__all__ = ["Document", "Reader", "joined", "read_keys", "suggestion"]

LONGEST_SHOWN = 40  # characters of a key or a value in a message
MOST_PROBLEMS = 20  # told at once

_PLAIN_KEY = re.compile(r"[\w:@/-]+…?")

_Value = TypeVar("_Value")


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
        return ConfigurationError(f"{self.path}, line {self.lines[key]}: {joined(self.key_path, key)}: {problem}")

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


def joined(key_path: str, key: str) -> str:
    """Name *key* of the mapping at *key_path*, such as `environments.development`."""
    shown = _shortened(key)
    shown = shown if _PLAIN_KEY.fullmatch(shown) else f'"{shown}"'
    return f"{key_path}.{shown}" if key_path else shown


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"

"""Scenarios and faults as lines for a terminal. Pure."""

from collections.abc import Iterable, Iterator

from ota_dev.cli.console import columns_of
from ota_dev.scenarios.conditions import Condition
from ota_dev.translations import DEFAULT_LANGUAGE, Translations

__all__ = ["table"]


def table(known: Iterable[Condition], texts: Translations | None = None) -> Iterator[str]:
    """Give a line for each, with what it does; in English unless *texts* are of another language."""
    texts = texts or Translations.of(DEFAULT_LANGUAGE)
    rows = [
        (texts.text(f"terminal.kinds.{one.kind}"), one.name, texts.text_or(f"conditions.{one.name}.does", one.does))
        for one in known
    ]
    kinds, names = (max(columns_of(row[place]) for row in rows) for place in (0, 1))
    return (f"{_filled(kind, kinds)}  {_filled(name, names)}  {does}" for kind, name, does in rows)


def _filled(text: str, columns: int) -> str:
    return text + " " * (columns - columns_of(text))

"""Markdown as the reference needs it: tables, code, and parts of a page between marks. Pure."""

import re
from collections.abc import Iterable, Sequence

__all__ = ["code", "names_of_parts", "plain", "table", "with_part"]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; without rows, nothing."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(heads), "|" + "---|" * len(heads), *lines]) + "\n" if lines else ""


def code(text: object) -> str:
    """Write *text* as it is typed; nothing for nothing."""
    return f"`{text}`" if text not in ("", None) else ""


def plain(text: str) -> str:
    """Write *text* so that nothing in it is markup."""
    return re.sub(r"([<*])", r"\\\1", text)


def with_part(page: str, name: str, part: str) -> str:
    """Put *part* into its place in *page*."""
    begin, end = _marks(name)
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n\n{part.strip()}\n\n{end}{rest.partition(end)[2]}"


def names_of_parts(page: str) -> list[str]:
    """Name the parts that have a place in *page*, in their order."""
    return re.findall(r"^<!-- generated: ([\w-]+) -->$", page, re.MULTILINE)


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- generated: {name} -->", f"<!-- end of generated: {name} -->"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", r"\|") for cell in cells) + " |"

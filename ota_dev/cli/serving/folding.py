"""Lines that are too long for the terminal, folded or cut where one would do it. Pure.

Widths are columns of a terminal, of which Chinese characters take two.
"""

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

__all__ = ["fit", "fit_name", "fit_target", "fold", "fold_cells", "shorten"]

NARROWEST = 30  # columns; below, the terminal folds as it likes
_GAP = "  "
_ADDRESS_AT_END = re.compile(r"://[!-~]*$")
_GAPS = re.compile(r"\s{2,}(?=\S)")
# A line of Chinese has no blanks, and may end after any character; but no row begins with a full stop, nor ends with an
# opening quotation mark or a sign such as that of h=help.
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"
_OPENING, _CLOSING = "“（《「", "”，。、：；？！）》」"
_PIECES = re.compile(
    rf"\s*(?:[^\s{_WIDE}]*=)?[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]*)[{_CLOSING}]*"
)


def fold(text: str, width: int) -> str:
    """Fold each line of *text* to *width* columns, below the place where its sentence begins.

    A line that ends with an address is left to the terminal to fold: so the command in it can be copied as a whole.
    """
    return "\n".join(_folded(line, width) for line in text.split("\n"))


def fold_cells(cells: Sequence[str], width: int, indent: int) -> str:
    """Join *cells* with gaps; what does not fit goes on below, *indent* columns from the left."""
    lines = [cells[0]]
    for cell in cells[1:]:
        if cell_len(lines[-1] + _GAP + cell) <= width:
            lines[-1] += _GAP + cell
        else:
            lines.append(" " * indent + cell.lstrip())
    return "\n".join(lines)


def fit(text: str, width: int) -> str:
    """Fill *text* up to *width* columns, or cut it from the end."""
    return set_cell_size(shorten(text, width), width)


def fit_target(target: str, width: int) -> str:
    """Do the same to the target of a request, whose path is cut in the middle: names of files differ at the end."""
    if len(target) <= width or not target.isascii() or len(target.partition("?")[0]) < width:
        return fit(target, width)
    beginning = min(5, width // 3)
    return f"{target[:beginning]}…{target[beginning + 1 - width :]}"


def fit_name(name: str, width: int) -> str:
    """Fill the *name* of a file up to *width* columns, or cut it in the middle: its ending tells one from another."""
    if cell_len(name) <= width:
        return fit(name, width)
    end = name[len(name) - (width - 1) // 2 :]
    while cell_len(end) > (width - 1) // 2:
        end = end[1:]
    return f"{set_cell_size(name, width - 1 - cell_len(end))}…{end}"


def shorten(text: str, width: int) -> str:
    """Cut *text* to *width* columns from the end, and mark where."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _folded(line: str, width: int) -> str:
    if cell_len(line) <= width or width < NARROWEST or _ADDRESS_AT_END.search(line):
        return line
    gaps = [columns for gap in _GAPS.finditer(line) if (columns := cell_len(line[: gap.end()])) <= width * 2 // 3]
    indent = " " * gaps[-1] if gaps else _GAP
    rows = [""]
    for piece in filter(None, _PIECES.findall(line)):
        if rows[-1].strip() and cell_len(rows[-1] + piece) > width:
            rows.append(indent + piece.lstrip())
        else:
            rows[-1] += piece
    return "\n".join(rows)

"""What a terminal shows of what is written to it, as far as `serve` uses one."""

import re

CODES = re.compile(r"\x1b\[(?P<numbers>[\d;]*)(?P<code>[A-Za-z])|(?P<text>[^\x1b])", re.DOTALL)


def rows_of(written: str) -> list[str]:
    """Give all the rows that there ever were and that are not empty; rows are as long as they need to be."""
    rows, row, column = [""], 0, 0
    for match in CODES.finditer(written):
        if match["code"] == "A":
            row -= int(match["numbers"] or 1)
        elif match["code"] == "K":
            rows[row] = ""
        elif match["text"] == "\n":
            row, column = row + 1, 0
            rows += [""] * (row + 1 - len(rows))
        elif match["text"] == "\r":
            column = 0
        elif match["text"]:
            rows[row] = rows[row][:column].ljust(column) + match["text"]
            column += 1
    return [row for row in rows if row]

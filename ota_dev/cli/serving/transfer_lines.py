"""What is on its way to clients, as the lines that stay at the bottom of a terminal while it lasts. Pure."""

from collections.abc import Iterator, Sequence

from ota_dev.catalog.readable_size import readable_size
from ota_dev.cli.console import printable
from ota_dev.journal import Transfer

__all__ = ["transfer_lines"]

MOST_LINES = 3
_LONGEST_SHOWN = 100 * 3600  # seconds; at such a rate nobody waits for the end
_NARROWEST_NAME, _WIDEST_NAME = 12, 32  # columns
_INDENT, _GAP = "    ", "  "
# The columns that each number needs at most, so that nothing moves while they change.
_WIDTHS = (4, 20, 12, 13)


def transfer_lines(transfers: Sequence[Transfer], width: int) -> tuple[str, ...]:
    """Say how far each is and how it goes on, in lines of at most *width* columns; the oldest are named."""
    lines = [_line(transfer, width) for transfer in transfers[:MOST_LINES]]
    if len(transfers) > MOST_LINES:
        lines.append(f"{_INDENT}and {len(transfers) - MOST_LINES} more")
    return tuple(lines)


def _line(transfer: Transfer, width: int) -> str:
    left = width - len(_INDENT)
    numbers = _numbers(transfer, left - _NARROWEST_NAME)
    name = _name(transfer, min(left - len(numbers), _WIDEST_NAME))
    line, bends = f"{_INDENT}{name}{numbers}", printable(", ".join(transfer.so_far.in_force))
    return f"{line}{_GAP}[{bends}]" if bends and len(line) + len(bends) + 4 <= width else line.rstrip()


def _numbers(transfer: Transfer, width: int) -> str:
    """Give as many of the numbers as fit, but at least the first."""
    numbers = ""
    for detail, columns in zip(_details(transfer), _WIDTHS, strict=True):
        longer = f"{numbers}{_GAP}{detail:>{columns}}"
        if numbers and len(longer) > width:
            break
        numbers = longer
    return numbers


def _details(transfer: Transfer) -> Iterator[str]:
    so_far = transfer.so_far
    yield f"{int(so_far.completion * 100)}%"
    yield f"{readable_size(so_far.sent)} of {readable_size(so_far.expected)}"
    yield f"{readable_size(round(transfer.rate))}/s" if transfer.rate else _stands_still(transfer)
    yield _time_left(transfer.seconds_left)


def _stands_still(transfer: Transfer) -> str:
    return "stalled" if transfer.so_far.sent else "not begun"


def _time_left(seconds: float | None) -> str:
    if seconds is None or seconds > _LONGEST_SHOWN:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"


def _name(transfer: Transfer, width: int) -> str:
    from ota_dev.cli.serving.folding import fit_name

    so_far = transfer.so_far
    name = so_far.subject.name if so_far.subject and so_far.subject.name else so_far.target
    return fit_name(printable(name), max(width, 1))

"""What a user names on a command line: a file, or standard input for `-`. Opens it, and reads nothing yet."""

from pathlib import Path
from typing import BinaryIO

__all__ = ["STANDARD_INPUT", "open_named"]

STANDARD_INPUT = "-"

_DESCRIPTOR = 0  # not sys.stdin, which does not exist when it is closed


def open_named(name: str) -> BinaryIO:
    """Open the file of that name for reading, or standard input, which stays open when this is closed.

    Raises:
        OSError: there is no such file, it may not be read, or standard input is closed.
    """
    if name == STANDARD_INPUT:
        return open(_DESCRIPTOR, "rb", closefd=False)
    return Path(name).open("rb")

"""What a comparator of versions is, and the one kind that has a total order. Pure."""

from collections.abc import Callable
from typing import Any

__all__ = ["Comparator", "by_key"]

Comparator = Callable[[str, str], int]  # -1 when the first is older, 0 when equal, 1 when it is newer


def by_key(key: Callable[[str], Any]) -> Comparator:
    """Build the comparator of a client whose order is that of a *key*, and so a total one."""

    def compare(a: str, b: str) -> int:
        key_a, key_b = key(a), key(b)
        return int(key_a > key_b) - int(key_a < key_b)

    return compare

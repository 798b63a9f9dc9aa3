"""What the client knows of an update, and how it compares versions. Pure."""

import re
from dataclasses import dataclass

__all__ = ["ClientError", "Update", "numbers_of"]


class ClientError(Exception):
    """The client says that something is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """An update that the client was offered."""

    version: str
    url: str
    size: int  # bytes; 0 is not known
    signature: str | None
    alternate_url: str | None
    description: str


def numbers_of(version: str) -> tuple[int, int, int]:
    """Give the first three numbers; what follows a part that is no number is lost, and so is a fourth number."""
    numbers: list[int] = []
    for part in re.split(r"[.+-]", version):
        if not part.isdecimal() or len(numbers) == 3:
            break
        numbers.append(int(part))
    first, second, third, *_ = [*numbers, 0, 0, 0]
    return first, second, third

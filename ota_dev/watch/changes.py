"""The few words in which a folder's changes are told, whatever the system calls them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

__all__ = ["Change", "Hearing", "Tell"]


class Change(Enum):
    """What happened to a path."""

    APPEARED = "it was made or written to, and more may come"
    SETTLED = "its writer closed it, or it was moved here or away, or deleted"
    UNCLEAR = "events were missed, or concern a whole folder"
    LOST = "it is the watched folder, and it is gone"


Tell = Callable[[Change, Path], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearing:
    """What an observer can tell."""

    closing: bool  # that a writer closed a file
    every_change: bool  # not so on a drive that other machines write to, which is compared now and then
    folders: bool = True  # that what was deleted was a folder

"""What verifying found: nothing wrong, or which part is. Pure."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Part", "Verdict"]


class Part(StrEnum):
    """What can be wrong with a signature, in the order in which it is looked at."""

    KEY = "key"
    SIGNATURE = "signature"  # its form
    LENGTH = "length"
    BYTES = "bytes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether a signature is good, else the first part that is wrong, and what is wrong with it."""

    wrong: Part | None = None
    reason: str = ""  # follows "the bytes", "the key" and so on in a sentence

    @property
    def is_good(self) -> bool:
        """Say whether everything is right."""
        return self.wrong is None

    def __str__(self) -> str:
        return "the signature is good" if self.wrong is None else f"the {self.wrong} {self.reason}"

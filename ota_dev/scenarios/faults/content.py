"""Faults of the bytes themselves, and which bytes they make. Values and pure functions."""

import re
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.faults.description import Description
from ota_dev.scenarios.parameters import parameter
from ota_dev.scenarios.values import AMOUNT, Amount, choice

__all__ = ["ContentFault", "Corrupt", "MalformedFeed", "malformed"]

MOST_FLIPPED = 10_000  # bytes of one file; chosen and looked up for every answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrupt:
    """Some bytes differ, the number of them does not."""

    about: ClassVar = Description(
        name="corrupt",
        does="Some bytes have all their bits inverted; length and headers are right. Ranges of one file agree.",
        client_must="Verify signature or digest, refuse the file, delete it, and not offer it again as downloaded.",
        concerns="Clients without a key or a digest, which install what came; hand-written clients that resume "
        "a broken file for ever.",
        targets=frozenset({Resource.DOWNLOAD}),
        breaks_answer=True,
    )
    amount: Amount = parameter(
        AMOUNT, "16", f"how many differ, up to {MOST_FLIPPED:,}; per cent of the file", name="bytes"
    )

    def positions(self, size: int, seed: int) -> tuple[int, ...]:
        """Choose the positions of the bytes that differ in *size* bytes, in order, the same for one seed and size."""
        number = min(self.amount.of(size), MOST_FLIPPED)
        return tuple(sorted(Random(seed).sample(range(size), number)))  # noqa: S311 - to be repeated, not to be secret


@dataclass(frozen=True, kw_only=True, slots=True)
class MalformedFeed:
    """A feed that no parser accepts."""

    about: ClassVar = Description(
        name="malformed-feed",
        does="The feed is broken: cut short, with an undeclared prefix, with an undeclared entity, empty, or with "
        "bytes of another encoding.",
        client_must="Report that the feed cannot be read; it is not the same as being up to date.",
        concerns="Clients that take an unreadable feed for no update, and those that read XML with patterns.",
        targets=frozenset({Resource.FEED}),
        is_for_feeds_alone=True,
        breaks_answer=True,
    )
    how: str = parameter(
        choice("cut", "undeclared-prefix", "bad-entity", "empty", "wrong-encoding"), "cut", "in which way it is broken"
    )


ContentFault = Corrupt | MalformedFeed

_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"
_MAIN_KEY = re.compile(rb"\n\w")
_INSERTED = {
    "undeclared-prefix": b"<undeclared:element/>",
    "bad-entity": b"&undeclared;",
    "wrong-encoding": "é".encode("latin-1"),  # a lone byte that is no UTF-8
}


def malformed(content: bytes, how: str) -> bytes:
    """Break a feed in the way called *how*, see `MalformedFeed`.

    What does not belong there is put before the last end tag, inside the root element; in a feed that is no XML, where
    notes may have tags all the same, at the end.
    """
    if how == "empty":
        return b""
    if how == "cut":
        return content[: _place_of_cut(content)]
    place = content.rfind(b"</") if content.lstrip(_BEFORE_XML).startswith(b"<") else len(content)
    return content[:place] + _INSERTED[how] + content[place:]


def _place_of_cut(content: bytes) -> int:
    """Choose the middle; in YAML, half of which is YAML again, a place within the last of its main keys."""
    if content.lstrip(_BEFORE_XML).startswith((b"<", b"{", b"[")):
        return len(content) // 2
    return max((match.end() for match in _MAIN_KEY.finditer(content)), default=len(content) // 2)

"""Faults of the bytes themselves, and which bytes they make. Values and pure functions."""

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
        does="The feed is broken: cut in half, with an undeclared prefix, with an undeclared entity, empty, or with "
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

_INSERTED = {
    "undeclared-prefix": b"<undeclared:element/>",
    "bad-entity": b"&undeclared;",
    "wrong-encoding": "é".encode("latin-1"),  # a lone byte that is no UTF-8
}


def malformed(content: bytes, how: str) -> bytes:
    """Break a feed in the way called *how*, see `MalformedFeed`.

    What does not belong there is put before the last end tag, inside the root element; in a feed without tags, such as
    YAML or JSON, at the end.
    """
    if how == "empty":
        return b""
    if how == "cut":
        return content[: len(content) // 2]
    place = content.rfind(b"</")
    place = len(content) if place < 0 else place
    return content[:place] + _INSERTED[how] + content[place:]

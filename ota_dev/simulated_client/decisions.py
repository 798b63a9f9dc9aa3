"""What a client decides about a feed: a verdict on every item with its rule and reason, and what is offered. Pure."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Decision", "DeltaOffer", "Digest", "Judgement", "Offer", "Refusal", "Verdict"]


class Verdict(StrEnum):
    """What becomes of an item."""

    OFFERED = "offered"
    ELIGIBLE = "eligible"  # it passes every rule, but another item is chosen
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """The rule that refuses an item or a whole feed, and why, in words that follow the item's version."""

    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What becomes of one item, as the client reads it."""

    version: str
    short_version: str
    verdict: Verdict
    rule: str | None  # that refused it or chose another; none for what is offered
    reason: str
    line: int | None = None  # where the item begins, if the client's reader tells


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What the feed says of a file's bytes."""

    algorithm: str  # as `hashlib` names it
    value: str  # in hex, lower case


@dataclass(frozen=True, kw_only=True, slots=True)
class DeltaOffer:
    """A delta that the client downloads first; the whole file is its fallback."""

    url: str
    length: int | None
    signature: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What the client shows to its user, and downloads."""

    version: str
    short_version: str
    url: str  # of the file; of a page where there is nothing to download
    length: int | None  # bytes, as the feed says
    signature: str  # in base64, as the feed says; empty when the client finds none
    digest: Digest | None = None
    alternate_url: str = ""  # where the client looks for the file when the first address fails
    delta: DeltaOffer | None = None
    version_is_short: bool = False  # it is the one that people see, where the build is not said
    is_critical: bool = False
    is_informational: bool = False  # the client opens a page instead of downloading
    is_major_upgrade: bool = False
    release_notes: str | None = None  # the URL


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The client's answer to a feed."""

    offered: Offer | None
    items: tuple[Judgement, ...]  # in the order of the feed
    problem: Refusal | None = None  # why the client uses nothing of the feed
    warnings: tuple[str, ...] = ()  # why the client will not install what it offers, and what it passes over

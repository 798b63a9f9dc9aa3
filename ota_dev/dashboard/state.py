"""Everything that the dashboard shows, at one moment. Pure values; the composition root fills them in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from ota_dev.catalog.expectations import Expectation
from ota_dev.feeds.interface import Feed
from ota_dev.journal import Exchange, Result, Transfer
from ota_dev.lint import PublishedFindings
from ota_dev.publishing import Publication
from ota_dev.scenarios.scenario import Scenario

__all__ = ["Answer", "Expecting", "FaultInForce", "StalledAnswer", "State"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FaultInForce:
    """A fault that is in force for everyone."""

    spec: str  # as one would choose it again
    struck: int  # how many answers it bent
    is_of_scenario: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Expecting:
    """What is expected of the client, and what became of that until now."""

    expectation: Expectation
    result: Result


@dataclass(frozen=True, kw_only=True, slots=True)
class StalledAnswer:
    """An answer that stalls on purpose until it is released."""

    number: int
    target: str  # what the client asked for
    since: datetime
    sent: int  # bytes of body before it stalled


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the server answers at an address that a panel is about; no client asked, and nothing is counted."""

    status: int
    media_type: str
    content: bytes
    in_force: tuple[str, ...] = ()  # scenarios and faults that bent it


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A server at one moment."""

    run: str  # another after each start of the server
    url: str  # of the server, without a final slash
    folder: str
    feed: Feed  # the main one
    other_feeds: tuple[Feed, ...] = ()
    publication: Publication | None = None  # `None` until the folder was read for the first time
    exchanges: tuple[Exchange, ...] = ()  # oldest first
    dropped: int = 0  # exchanges that are no longer kept
    known_scenarios: Mapping[str, Scenario] = field(default_factory=lambda: MappingProxyType({}))
    scenarios: tuple[str, ...] = ()  # in force for everyone, as one would choose them again
    faults: tuple[FaultInForce, ...] = ()
    seed: int = 0
    ongoing: tuple[Transfer, ...] = ()  # what is still on its way, the oldest first
    expecting: Expecting | None = None
    stalls: tuple[StalledAnswer, ...] = ()  # the longest first
    answer: Answer | None = None  # to what the panel asks, where it asks anything
    findings: PublishedFindings = field(default_factory=PublishedFindings)
    public_key: str | None = None  # in base64; `None` while nothing is signed

    @property
    def feed_url(self) -> str:
        """Give the address of the main feed."""
        return f"{self.url}/{self.feed.format.file_name}"

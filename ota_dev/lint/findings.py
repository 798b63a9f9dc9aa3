"""What a rule is, and what it finds. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ota_dev.feeds.appcast.reading import Attribute, Element
from ota_dev.feeds.appcast.reading.source import Place
from ota_dev.lint.examples import Example
from ota_dev.lint.linted import LintedFeed
from ota_dev.lint.linted_document import LintedDocument
from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName
from ota_dev.simulated_client.feed_kinds import FeedKind

__all__ = [
    "EVERY_CLIENT",
    "AppcastRule",
    "DocumentRule",
    "Finding",
    "Occurrence",
    "OtherClient",
    "Rule",
    "Severity",
    "at",
    "described",
]

EVERY_CLIENT = APPCAST_CLIENTS


class OtherClient(StrEnum):
    """The clients that are not simulated, and whose feeds are judged all the same."""

    SQUIRREL_MAC = "squirrel-mac"
    SQUIRREL_WINDOWS = "squirrel-windows"


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # a client that the item is for fails, refuses or stays silent
    WARNING = "warning"  # it does so under conditions that are common, or does something else than was meant
    NOTE = "note"  # it is worth knowing


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What a rule finds at one place."""

    offset: int | None  # in the markup of the feed; none where it is about all of it
    evidence: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Rule:
    """One thing that can be wrong with a feed; its texts are sentences without their full stop."""

    code: str  # stable: people ignore rules by it
    severity: Severity
    title: str
    clients: tuple[ClientName | OtherClient, ...]  # that it hits
    consequence: str  # what those do
    correction: str
    example: Example


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class AppcastRule(Rule):
    """One thing that can be wrong with an appcast."""

    check: Callable[[LintedFeed], Iterable[Occurrence]]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class DocumentRule(Rule):
    """One thing that can be wrong with a feed of another kind."""

    kind: FeedKind
    check: Callable[[LintedDocument], Iterable[Occurrence]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What is wrong with one feed, where, and how it shows."""

    rule: Rule
    place: Place | None
    evidence: str


def at(where: Element | Attribute | None, evidence: str) -> Occurrence:
    """Place what was found: at the start of an element, at the value of an attribute, or nowhere."""
    if where is None:
        return Occurrence(None, evidence)
    return Occurrence(where.value_start if isinstance(where, Attribute) else where.start, evidence)


def described(finding: Finding) -> dict[str, object]:
    """Give a finding as values for JSON."""
    rule, place = finding.rule, finding.place
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "title": rule.title,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "evidence": finding.evidence,
        "clients": [client.value for client in rule.clients],
        "consequence": rule.consequence,
        "correction": rule.correction,
    }

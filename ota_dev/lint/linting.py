"""Lints a feed: applies every rule to it, and places what they find. Pure."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ota_dev.errors import MalformedFeedError
from ota_dev.feeds.appcast.reading.source import Place
from ota_dev.lint.findings import Finding, Occurrence, Rule, Severity
from ota_dev.lint.linted import LintedFeed
from ota_dev.lint.linted_document import LintedDocument
from ota_dev.lint.rules import APPCAST_RULES, document_rules
from ota_dev.lint.rules.document import DOCUMENT_RULES, EMPTY, MALFORMED, WRONG_NAMESPACE
from ota_dev.simulated_client.feed_kinds import FeedKind, recognise
from ota_dev.simulated_client.received import ReceivedFeed

__all__ = ["MOST_OF_ONE_CODE", "Report", "lint_content", "lint_feed", "lint_malformed"]

MOST_OF_ONE_CODE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was found in one feed."""

    name: str
    findings: tuple[Finding, ...]  # in the order of the feed

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.rule.severity is severity for finding in self.findings)

    def is_refused(self, *, strict: bool = False) -> bool:
        """Say whether there are errors, or warnings if those count, too."""
        return bool(self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING)))


def lint_content(content: bytes, name: str, ignored: Collection[str] = (), *, url: str | None = None) -> Report:
    """Lint the bytes of a feed; what cannot be read is a finding, too.

    *name* is how errors and the report call it, *ignored* are codes of rules, *url* is where it came from.
    """
    kind = recognise(content, url or name) or FeedKind.APPCAST
    if kind is not FeedKind.APPCAST:
        return _lint_document(LintedDocument.read(content, name, kind), ignored)
    try:
        received = ReceivedFeed.read(content, name, url=url)
    except MalformedFeedError as error:
        return lint_malformed(content, name, error, ignored)
    return lint_feed(LintedFeed(received=received), name, ignored)


def lint_feed(feed: LintedFeed, name: str, ignored: Collection[str] = ()) -> Report:
    """Lint a feed that was read; at most so many findings of one code are given as `MOST_OF_ONE_CODE` says."""
    places = _Places(feed.received.appcast.source.markup)
    # In a wrong namespace nothing has a version or a signature: to say so of every item would hide the cause.
    is_foreign = any(WRONG_NAMESPACE.check(feed))
    rules = DOCUMENT_RULES if is_foreign else APPCAST_RULES
    found = [
        (occurrence, rule)
        for rule in rules
        if rule.code not in ignored
        for occurrence in islice(rule.check(feed), MOST_OF_ONE_CODE)
    ]
    return _report(name, found, places)


def _lint_document(document: LintedDocument, ignored: Collection[str]) -> Report:
    found = [
        (occurrence, rule)
        for rule in document_rules(document.kind)
        if rule.code not in ignored
        for occurrence in islice(rule.check(document), MOST_OF_ONE_CODE)
    ]
    return _report(document.name, found, _Places(document.text.encode()))


def _report(name: str, found: Sequence[tuple[Occurrence, Rule]], places: "_Places") -> Report:
    """Report what was found in the order of the feed."""
    in_order = sorted(found, key=lambda pair: -1 if pair[0].offset is None else pair[0].offset)
    return Report(name=name, findings=tuple(_finding(rule, occurrence, places) for occurrence, rule in in_order))


def lint_malformed(content: bytes, name: str, error: MalformedFeedError, ignored: Collection[str] = ()) -> Report:
    """Report a feed that cannot be read, and where that shows."""
    rule = MALFORMED if content.strip() else EMPTY
    place = Place(line=error.line, column=error.column or 1) if error.line else None
    # The rule's title says already that it is empty.
    evidence = error.reason if rule is MALFORMED else f"{len(content)} bytes, and no rss element with a channel"
    finding = Finding(rule=rule, place=place, evidence=evidence)
    return Report(name=name, findings=() if rule.code in ignored else (finding,))


def _finding(rule: Rule, occurrence: Occurrence, places: "_Places") -> Finding:
    place = None if occurrence.offset is None else places.of(occurrence.offset)
    return Finding(rule=rule, place=place, evidence=occurrence.evidence)


class _Places:
    """Places of many bytes of one markup, which is looked through once."""

    def __init__(self, markup: bytes) -> None:
        self._markup = markup

    def of(self, offset: int) -> Place:
        number = bisect_right(self._lines, offset) - 1
        before = self._markup[self._lines[number] : offset].decode(errors="replace")
        return Place(line=number + 1, column=len(before) + 1)

    @cached_property
    def _lines(self) -> list[int]:
        """Give where lines start; a carriage return alone ends one, too (XML 1.0, section 2.11)."""
        starts, position = [0], 0
        for line in self._markup.splitlines(keepends=True):
            position += len(line)
            starts.append(position)
        return starts

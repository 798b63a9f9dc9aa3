"""The findings of what is on offer now: one thread replaces them, any other reads them. Touches nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from ota_dev.lint.findings import Finding, Severity

__all__ = ["CurrentFindings", "FeedFinding", "PublishedFindings"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFinding:
    """One finding, and the feed in which it was found first; places are lines and columns of that feed."""

    feed: str  # its path, such as `appcast-macos.xml`
    finding: Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedFindings:
    """What was found in the feeds of one publication; the same finding in several feeds is there once."""

    revision: int | None = None  # of the publication; `None` until the first was linted
    findings: tuple[FeedFinding, ...] = ()  # whole feeds first, each in its own order
    left_out: int = 0  # findings beyond the most that are kept

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity, without those left out."""
        return sum(found.finding.rule.severity is severity for found in self.findings)


class CurrentFindings:
    """Hold the findings of the publication that was linted last."""

    def __init__(self) -> None:
        self._current = PublishedFindings()
        self._subscribers: list[Callable[[], None]] = []
        self._replacing = Lock()

    @property
    def current(self) -> PublishedFindings:
        """Give them; safe to call from any thread."""
        return self._current

    def replace(self, found: PublishedFindings) -> None:
        """Put *found* in the place of what was there, and tell the subscribers if it is the first, or another."""
        with self._replacing:
            before, self._current = self._current, found
        if before.revision is None or before.findings != found.findings:
            for subscriber in self._subscribers:
                subscriber()

    def subscribe(self, subscriber: Callable[[], None]) -> None:
        """Call *subscriber* from now on whenever other things are found, on the thread that linted."""
        self._subscribers.append(subscriber)

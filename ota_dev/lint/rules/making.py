"""What the rules for feeds of several kinds have in common: how they are made, and what a broken document is. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ota_dev.documents.nodes import Node
from ota_dev.lint.examples import UNNAMED, Example
from ota_dev.lint.findings import DocumentRule, Occurrence, OtherClient, Severity
from ota_dev.lint.linted_document import Line, LintedDocument
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.feed_kinds import FeedKind

__all__ = ["RuleMaker"]

Found = Iterable[tuple[Node | Line | None, str]]  # places, and how it shows there


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleMaker:
    """Makes the rules of one kind of feed."""

    kind: FeedKind
    language: str
    clients: tuple[ClientName | OtherClient, ...]
    good: str  # a feed in which nothing is wrong

    def __call__(
        self,
        code: str,
        severity: Severity,
        title: str,
        *,
        consequence: str,
        correction: str,
        find: Callable[[LintedDocument], Found],
        bad: str,
        name: str = UNNAMED,
    ) -> DocumentRule:
        """Make a rule, which *find* applies to a document that can be read; *bad* is its example, called *name*."""

        def check(document: LintedDocument) -> Iterator[Occurrence]:
            if document.problem is None:
                for place, evidence in find(document):
                    yield Occurrence(document.offset_of(place), evidence)

        return DocumentRule(
            code=code,
            severity=severity,
            title=title,
            clients=self.clients,
            consequence=consequence,
            correction=correction,
            example=Example(bad, self.good, language=self.language, name=name),
            kind=self.kind,
            check=check,
        )

    def unreadable(self, code: str, what: str, bad: str) -> DocumentRule:
        """Make the rule for a document that is not in the form *what*."""
        return DocumentRule(
            code=code,
            severity=Severity.ERROR,
            title=f"The feed is no {what}",
            clients=self.clients,
            consequence="The client reports an error, and offers nothing",
            correction="Correct the place that is named, or write the feed again",
            example=Example(bad, self.good, language=self.language),
            kind=self.kind,
            check=_unreadable,
        )


def _unreadable(document: LintedDocument) -> Iterator[Occurrence]:
    problem = document.problem
    if problem:
        lines = document.text.split("\n")[: problem.line or 1]
        before = "\n".join([*lines[:-1], lines[-1][: (problem.column or 1) - 1]])
        yield Occurrence(len(before.encode()), problem.reason)

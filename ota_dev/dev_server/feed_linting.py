"""Lints what is on offer, and says each finding once. Not on the event loop, and not before the offer."""

from collections.abc import Callable, Iterator, Sequence

from ota_dev.catalog.safe_text import escape_control
from ota_dev.feeds.interface import Feed, Links
from ota_dev.lint import Finding, Severity, lint_content
from ota_dev.publishing import STATIC_FEED, Publication

__all__ = ["FeedLinter"]

_MOST_SAID = 20  # of one publication


class FeedLinter:
    """Lints the feed of each app, or the feed in a file; errors and warnings alone. Used by one thread at a time.

    *note* is told what is new, and *report* all that there is.
    """

    def __init__(
        self,
        feed: Feed,
        links: Links,
        note: Callable[[str], None],
        report: Callable[[Sequence[str]], None] = lambda _: None,
    ) -> None:
        self._feed, self._links, self._note, self._report = feed, links, note, report
        self._said: set[str] = set()

    def __call__(self, publication: Publication) -> None:
        """Lint *publication* and say what was not said before."""
        found = tuple(dict.fromkeys(self._sentences(publication)))
        self._report(found)
        new = [sentence for sentence in found if sentence not in self._said]
        self._said.update(new)
        for sentence in new[:_MOST_SAID]:
            self._note(sentence)
        if len(new) > _MOST_SAID:
            self._note(f"{len(new) - _MOST_SAID} more findings like these: `ota-dev lint` shows all")

    def _sentences(self, publication: Publication) -> Iterator[str]:
        for name, content in self._feeds(publication):
            for finding in lint_content(content, name).findings:
                if finding.rule.severity is not Severity.NOTE:
                    yield escape_control(_sentence(name, finding))

    def _feeds(self, publication: Publication) -> Iterator[tuple[str, bytes]]:
        static = publication.static_feed
        if static is not None:
            if not static.problem:
                yield STATIC_FEED, static.content
            return
        for app in publication.catalog.apps:
            yield f"the feed of {app.name}", self._feed.render(app, self._links)


def _sentence(name: str, finding: Finding) -> str:
    # Without the line, so that an item that moves down says nothing anew.
    rule = finding.rule
    return f"{name}: {rule.severity} {rule.code}: {finding.evidence}. {rule.consequence}. {rule.correction}"

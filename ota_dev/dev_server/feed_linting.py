"""Lints what is on offer, keeps what is found and says it once. Not on the event loop, and not before the offer."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Self

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.safe_text import escape_control
from ota_dev.config import ServerSettings
from ota_dev.errors import OtaDevError
from ota_dev.feeds.interface import Feed, Links
from ota_dev.lint import CurrentFindings, FeedFinding, Finding, PublishedFindings, Severity, lint_content
from ota_dev.publishing import STATIC_FEED, Publication
from ota_dev.publishing.static_feeds import Sign, pointed_here
from ota_dev.publishing.static_tree import PlannedFeed, every_feed

__all__ = ["FeedLinter"]

_MOST_SAID = 20  # of one publication
_MOST_KEPT = 1_000
_MOST_LINTED = 8 * 1024**2  # bytes of narrowed feeds, which takes some seconds; whole feeds are linted in any case
_WHOLE = Narrowing()


class FeedLinter:
    """Lints every feed of a publication as clients get it. Used by one thread at a time.

    Those are the feed of each app, then the feeds narrowed to a system, an architecture or a channel, as far as they
    differ; with a feed in a file it is that one. What a narrowed feed shares with a feed before it is found once.
    *links* are those of the feeds, *sign* signs a feed in a file again that is pointed
    here. *note* is told what is new, and *report* all errors and warnings that there are.
    """

    def __init__(
        self,
        feed: Feed,
        links: Links,
        findings: CurrentFindings,
        note: Callable[[str], None],
        report: Callable[[Sequence[str]], None] = lambda _: None,
        *,
        sign: Sign | None = None,
    ) -> None:
        self._feed, self._links, self._findings = feed, links, findings
        self._note, self._report, self._sign = note, report, sign
        self._said: set[str] = set()

    @classmethod
    def of(
        cls,
        settings: ServerSettings,
        url: str,
        feed: Feed,
        findings: CurrentFindings,
        *,
        note: Callable[[str], None],
        report: Callable[[Sequence[str]], None],
    ) -> Self:
        """Put together what lints the feeds of a server at *url*, as it renders and signs them."""
        base, key = (settings.base_url or url).rstrip("/"), settings.key
        links = Links(f"{base}/downloads/", notes=f"{base}/notes/" if settings.links_notes else None)
        finished = key.signed(feed) if key else feed
        return cls(finished, links, findings, note, report, sign=key.sign_whole if key else None)

    def __call__(self, publication: Publication, is_current: Callable[[], bool] = lambda: True) -> None:
        """Lint *publication*, keep the findings, and note the errors and warnings that were not noted before.

        It ends without a result as soon as *is_current* says that nobody is interested any more.
        """
        try:
            found = self._found(publication, is_current)
        except OtaDevError as error:  # A user's own template can fail; whoever asks for the feed is told, too.
            self._note_new([f"a feed cannot be linted: {error}"])
            return
        if found is None:
            return
        kept, left_out = tuple(found[:_MOST_KEPT]), max(len(found) - _MOST_KEPT, 0)
        self._findings.replace(PublishedFindings(revision=publication.revision, findings=kept, left_out=left_out))
        sentences = (_sentence(each) for each in found if each.finding.rule.severity is not Severity.NOTE)
        said = tuple(dict.fromkeys(sentences))
        self._report(said)
        self._note_new(said)

    def _found(self, publication: Publication, is_current: Callable[[], bool]) -> list[FeedFinding] | None:
        found: list[FeedFinding] = []
        known: set[tuple[str, str]] = set()
        for name, content in self._feeds(publication):
            if not is_current():
                return None
            findings = lint_content(content, name).findings
            found += [FeedFinding(feed=name, finding=each) for each in findings if _key(each) not in known]
            known.update(map(_key, findings))
        return found

    def _feeds(self, publication: Publication) -> Iterator[tuple[str, bytes]]:
        """Give the feeds that differ, by their paths."""
        static = publication.static_feed
        if static is not None:
            if not static.problem:
                yield STATIC_FEED, pointed_here(static, self._links, self._sign)
            return
        seen, size = set(), 0
        for planned in _planned(publication, self._feed):
            content = planned.render(self._links)
            size += len(content) if planned.question.narrowing != _WHOLE else 0
            if size > _MOST_LINTED:
                return
            digest = sha256(content).digest()
            if digest not in seen:
                seen.add(digest)
                yield planned.paths[0], content

    def _note_new(self, sentences: Sequence[str]) -> None:
        new = [sentence for sentence in sentences if sentence not in self._said]
        self._said.update(new)
        for sentence in new[:_MOST_SAID]:
            self._note(sentence)
        if len(new) > _MOST_SAID:
            self._note(f"{len(new) - _MOST_SAID} more findings like these: `ota-dev lint` shows all")


def _planned(publication: Publication, feed: Feed) -> Iterator[PlannedFeed]:
    """Give whole feeds first, then narrowed ones; languages differ in nothing but their notes, and are left out."""
    apps = publication.catalog.apps
    yield from (planned for planned in every_feed(apps, [feed]) if planned.question.narrowing == _WHOLE)
    for planned in every_feed(apps, [feed]):
        narrowing = planned.question.narrowing
        # That there is nothing for an architecture is no fault of the feed that says so.
        if narrowing != _WHOLE and narrowing.languages is None and narrowing.of(planned.app).artifacts:
            yield planned


def _key(finding: Finding) -> tuple[str, str]:
    """Give what two findings share when they are the same in different feeds, where their places differ."""
    return finding.rule.code, finding.evidence


def _sentence(found: FeedFinding) -> str:
    # Without the line, so that an item that moves down says nothing anew.
    rule = found.finding.rule
    said = f"{found.feed}: {rule.severity} {rule.code}: {found.finding.evidence}. {rule.consequence}. {rule.correction}"
    return escape_control(said)

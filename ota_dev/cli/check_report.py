"""What `check` shows: one client's answer, those of all clients side by side, and the same as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ota_dev.catalog.targets import Architecture
from ota_dev.cli.console import printable
from ota_dev.simulated_client.decisions import Decision, Judgement, Offer, Verdict
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed

if TYPE_CHECKING:
    from ota_dev.simulated_client.downloading import Downloaded

__all__ = ["Answer", "matrix_lines", "record", "report_lines"]

WIDEST_VERSION = 30  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What one client, asked by one app, made of the feed."""

    client: SimulatedClient
    profile: Profile
    feed: ReceivedFeed
    decision: Decision
    downloaded: Downloaded | None = None

    @property
    def is_good(self) -> bool:
        """Say whether an update is offered, and as far as was looked, is what it is said to be."""
        return self.decision.offered is not None and (self.downloaded is None or self.downloaded.is_good)

    @property
    def asker(self) -> str:
        """Say who asked."""
        known = self.profile.architecture is not Architecture.UNKNOWN
        architecture = f" ({self.profile.architecture})" if known else ""
        how = "scheduled check" if self.profile.is_scheduled else "check by hand"
        return f"{self.client.title} on {self.profile.system}{architecture}, {self.profile.installed} installed, {how}"

    def versions(self) -> list[str]:
        """Name the items, as the client reads them or else as they are written."""
        items = zip(self.feed.appcast.items, self.decision.items, strict=True)
        return [(judgement.version or item.version)[:200] for item, judgement in items]


def record(answer: Answer) -> dict[str, Any]:
    """Give what `--format json` promises."""
    decision = answer.decision
    lines = _line_numbers(answer.feed)
    items = zip(answer.versions(), lines, decision.items, strict=True)
    problem = decision.problem
    downloaded = {"download": _download_record(answer.downloaded)} if answer.downloaded else {}
    return {
        "client": answer.client.name,
        "installed": answer.profile.installed,
        "offered": _offer_record(decision.offered) if decision.offered else None,
        "problem": {"rule": problem.rule, "reason": problem.reason} if problem else None,
        "warnings": list(decision.warnings),
        **downloaded,
        "items": [
            {
                "version": version,
                "short_version": judgement.short_version or version,
                "line": line,
                "verdict": judgement.verdict.value,
                "rule": judgement.rule,
                "reason": judgement.reason,
            }
            for version, line, judgement in items
        ],
    }


def report_lines(answer: Answer) -> Iterator[str]:
    """Show a client's answer: what is offered, then every item with its rule."""
    decision = answer.decision
    yield printable(answer.asker)
    yield printable(_outcome(decision))
    yield from (f"  ! {printable(warning)}" for warning in decision.warnings)
    yield from _download_lines(answer)
    yield ""
    heads = ("line", "version", "verdict", "rule", "reason")
    rows = zip(_line_numbers(answer.feed), answer.versions(), decision.items, strict=True)
    yield from _table(
        heads,
        [
            (str(line), _shown_version(version), judgement.verdict, judgement.rule or "", printable(judgement.reason))
            for line, version, judgement in rows
        ],
    )


def matrix_lines(answers: Sequence[Answer]) -> Iterator[str]:
    """Show the answers of several clients side by side, an item on each line.

    A server may give each of them another feed; then they stand one below the other.
    """
    if len({answer.feed.content for answer in answers}) > 1:
        for answer in answers:
            yield from (*report_lines(answer), "")
        return
    lines, versions = _line_numbers(answers[0].feed), answers[0].versions()
    verdicts = zip(*(map(_cell, answer.decision.items) for answer in answers), strict=True)
    heads = ("line", "version", *(answer.client.name for answer in answers))
    rows = zip(lines, versions, verdicts, strict=True)
    yield from _table(heads, [(str(line), _shown_version(version), *cells) for line, version, cells in rows])
    for answer in answers:
        yield ""
        yield printable(answer.asker)
        yield printable(_outcome(answer.decision))
        yield from (f"  ! {printable(warning)}" for warning in answer.decision.warnings)
        yield from _download_lines(answer)


def _download_lines(answer: Answer) -> Iterator[str]:
    findings = answer.downloaded.findings if answer.downloaded else ()
    width = max((len(finding.part) for finding in findings), default=0)
    for finding in findings:
        yield f"  {finding.outcome:<8} {finding.part:<{width}}  {printable(finding.reason)}"


def _outcome(decision: Decision) -> str:
    if decision.problem:
        return f"offers nothing: {decision.problem.reason} ({decision.problem.rule})"
    if decision.offered is None:
        return "offers nothing" if decision.items else "offers nothing: the feed has no items"
    offer = decision.offered
    build = f" (build {offer.version})" if offer.version != offer.short_version else ""
    kinds = [
        *(["critical"] if offer.is_critical else []),
        *(["a major upgrade"] if offer.is_major_upgrade else []),
        *(["informational"] if offer.is_informational else []),
    ]
    delta = f", by the delta {offer.delta.url}" if offer.delta else ""
    return f"offers {offer.short_version}{build}{''.join(f', {kind}' for kind in kinds)}: {offer.url}{delta}"


def _offer_record(offer: Offer) -> dict[str, Any]:
    delta = offer.delta
    return {
        "version": offer.version,
        "short_version": offer.short_version,
        "url": offer.url,
        "length": offer.length,
        "signature": offer.signature or None,
        "delta": {"url": delta.url, "length": delta.length, "signature": delta.signature or None} if delta else None,
        "critical": offer.is_critical,
        "informational": offer.is_informational,
        "major_upgrade": offer.is_major_upgrade,
        "release_notes": offer.release_notes,
    }


def _download_record(downloaded: Downloaded) -> dict[str, Any]:
    return {
        "url": downloaded.url,
        "good": downloaded.is_good,
        "findings": [
            {"part": finding.part, "outcome": finding.outcome.value, "reason": finding.reason}
            for finding in downloaded.findings
        ],
    }


def _cell(judgement: Judgement) -> str:
    return f"refused: {judgement.rule}" if judgement.verdict is Verdict.REFUSED else judgement.verdict.value


def _shown_version(version: str) -> str:
    shown = printable(version)
    return shown if len(shown) <= WIDEST_VERSION else f"{shown[: WIDEST_VERSION - 1]}…"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    table = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _line_numbers(feed: ReceivedFeed) -> list[int]:
    """Give the line on which each item begins; the feed is walked through once for all of them."""
    markup = feed.appcast.source.markup
    starts = [0, *(item.element.start for item in feed.appcast.items)]
    line, lines = 1, []
    for start, end in pairwise(starts):
        line += markup.count(b"\n", start, end)
        lines.append(line)
    return lines

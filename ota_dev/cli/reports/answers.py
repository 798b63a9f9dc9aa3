"""What `check` shows: one client's answer, those of all clients side by side. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from ota_dev.cli.console import printable
from ota_dev.simulated_client.answers import ClientAnswer
from ota_dev.simulated_client.decisions import Decision, Judgement, Verdict

__all__ = ["matrix_lines", "report_lines"]

WIDEST_VERSION = 30  # characters


def report_lines(answer: ClientAnswer) -> Iterator[str]:
    """Show a client's answer: what is offered, then every item with its rule."""
    decision = answer.decision
    yield printable(answer.asker)
    yield printable(_outcome(decision))
    yield from (f"  ! {printable(warning)}" for warning in decision.warnings)
    yield from _download_lines(answer)
    yield ""
    heads = ("line", "version", "verdict", "rule", "reason")
    rows = zip(answer.lines(), answer.versions(), decision.items, strict=True)
    yield from _table(
        heads,
        [
            (str(line or ""), _shown_version(version), item.verdict, item.rule or "", printable(item.reason))
            for line, version, item in rows
        ],
    )


def matrix_lines(answers: Sequence[ClientAnswer]) -> Iterator[str]:
    """Show the answers of several clients side by side, an item on each line.

    A server may give each of them another feed; then they stand one below the other.
    """
    if len({answer.feed.content if answer.feed else b"" for answer in answers}) > 1:
        for answer in answers:
            yield from (*report_lines(answer), "")
        return
    lines, versions = answers[0].lines(), answers[0].versions()
    verdicts = zip(*(map(_cell, answer.decision.items) for answer in answers), strict=True)
    heads = ("line", "version", *(answer.client.name for answer in answers))
    rows = zip(lines, versions, verdicts, strict=True)
    yield from _table(heads, [(str(line or ""), _shown_version(version), *cells) for line, version, cells in rows])
    for answer in answers:
        yield ""
        yield printable(answer.asker)
        yield printable(_outcome(answer.decision))
        yield from (f"  ! {printable(warning)}" for warning in answer.decision.warnings)
        yield from _download_lines(answer)


def _download_lines(answer: ClientAnswer) -> Iterator[str]:
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

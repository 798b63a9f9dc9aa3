"""What `lint` found, as lines for people and as values for JSON. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from ota_dev.cli.console import printable
from ota_dev.lint import Finding, Report, Severity, described

__all__ = ["finding_line", "records", "report_lines"]


def report_lines(report: Report) -> Iterator[str]:
    """Say what was found in a feed, two lines and the correction for each, and how much it is."""
    for finding in report.findings:
        rule = finding.rule
        yield finding_line(report.name, finding)
        yield printable(f"    {rule.consequence}.")
        yield printable(f"    {rule.correction}. [{', '.join(rule.clients)}]")
    yield printable(f"{report.name}: {_count(report)}")


def finding_line(name: str, finding: Finding) -> str:
    """Say what was found, in one line that editors know how to read."""
    place = f":{finding.place.line}:{finding.place.column}" if finding.place else ""
    rule = finding.rule
    return printable(f"{name}{place}: {rule.severity} {rule.code} {rule.title}: {finding.evidence}")


def records(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """Give all that was found as values for JSON, one for each feed."""
    return [
        {
            "feed": report.name,
            **{f"{severity}s": report.count(severity) for severity in Severity},
            "findings": [described(finding) for finding in report.findings],
        }
        for report in reports
    ]


def _count(report: Report) -> str:
    counts = ((report.count(severity), severity.value) for severity in Severity)
    said = [f"{count} {word}{'s' * (count != 1)}" for count, word in counts if count]
    return ", ".join(said) or "nothing found"

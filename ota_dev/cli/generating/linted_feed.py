"""A feed that is linted whenever it is rendered, for `generate-appcast --lint`. Pure."""

from ota_dev.cli.reports.findings import finding_line
from ota_dev.errors import RefusedFeedError
from ota_dev.feeds.interface import Feed
from ota_dev.lint import Severity, lint_content
from ota_dev.publishing.finished_feeds import FinishedFeed

__all__ = ["linted"]


def linted(feed: Feed) -> Feed:
    """Give *feed*, whose rendering raises `RefusedFeedError` when clients would stumble over it."""
    return FinishedFeed(feed=feed, finish=_without_errors)


def _without_errors(content: bytes) -> bytes:
    report = lint_content(content, "the new feed")
    if report.is_refused():
        errors = (finding for finding in report.findings if finding.rule.severity is Severity.ERROR)
        lines = (f"{finding_line(report.name, finding)}: {finding.rule.correction}" for finding in errors)
        raise RefusedFeedError("\n".join(["the feed has errors, and is not written:", *lines]))
    return content

"""What is wrong with a feed: one value for each rule, with its code, severity, correction and examples.

Rules look at feeds through the reader and the simulated clients and know no writer, whose mistakes they must catch.
All of it is pure; only `fetching` uses the network.
"""

from ota_dev.lint.current import CurrentFindings, FeedFinding, PublishedFindings
from ota_dev.lint.findings import Finding, Rule, Severity, described
from ota_dev.lint.linting import Report, lint_content

__all__ = [
    "CurrentFindings",
    "FeedFinding",
    "Finding",
    "PublishedFindings",
    "Report",
    "Rule",
    "Severity",
    "described",
    "lint_content",
]

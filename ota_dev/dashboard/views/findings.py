"""What is wrong with the feeds on offer, by rule, the worst first. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.dashboard.state import State
from ota_dev.lint import FeedFinding, Rule, Severity

__all__ = ["Findings", "RuleFindings", "findings_view"]

MOST_PLACES = 50  # of one rule
_SIGNS = {Severity.ERROR: "failed", Severity.WARNING: "refused", Severity.NOTE: "noted"}


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleFindings:
    """One rule and where it was broken."""

    rule: Rule
    sign: str  # the name of a result, which has a sign
    places: tuple[FeedFinding, ...]
    left_out: int  # places that are not shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """All findings."""

    is_ready: bool  # what is on offer was looked at
    counts: tuple[tuple[Severity, str, int], ...]  # each severity with its sign and how often it was found
    rules: tuple[RuleFindings, ...]
    left_out: int  # findings that are not kept


def findings_view(state: State, _: Mapping[str, str]) -> Findings:
    """Show the findings of the publication that was linted last."""
    found = state.findings
    by_rule: dict[Rule, list[FeedFinding]] = {}
    for each in found.findings:
        by_rule.setdefault(each.finding.rule, []).append(each)
    order = list(Severity)
    rules = sorted(by_rule.items(), key=lambda entry: (order.index(entry[0].severity), entry[0].code))
    return Findings(
        is_ready=found.revision is not None,
        counts=tuple((severity, _SIGNS[severity], found.count(severity)) for severity in Severity),
        rules=tuple(
            RuleFindings(
                rule=rule,
                sign=_SIGNS[rule.severity],
                places=tuple(places[:MOST_PLACES]),
                left_out=max(len(places) - MOST_PLACES, 0),
            )
            for rule, places in rules
        ),
        left_out=found.left_out,
    )

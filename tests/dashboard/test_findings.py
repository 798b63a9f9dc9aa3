"""What is wrong with the feeds on offer."""

from collections.abc import Callable

import pytest

from ota_dev.dashboard import State
from ota_dev.dashboard.views.findings import MOST_PLACES, findings_view
from ota_dev.dashboard.views.overview import overview
from ota_dev.lint import FeedFinding, Finding, PublishedFindings, Rule, Severity
from ota_dev.lint.rules import RULES

MakeState = Callable[..., State]


def rule_of(severity: Severity) -> Rule:
    return next(rule for rule in RULES if rule.severity is severity)


def found(*severities: Severity) -> PublishedFindings:
    each = (Finding(rule=rule_of(severity), place=None, evidence="as it says") for severity in severities)
    return PublishedFindings(
        revision=1, findings=tuple(FeedFinding(feed="appcast.xml", finding=finding) for finding in each)
    )


def test_before_anything_was_looked_at_nothing_is_called_good(state: MakeState) -> None:
    assert not findings_view(state(), {}).is_ready


def test_the_worst_comes_first(state: MakeState) -> None:
    view = findings_view(state(findings=found(Severity.NOTE, Severity.WARNING, Severity.ERROR)), {})

    assert [one.rule.severity for one in view.rules] == [Severity.ERROR, Severity.WARNING, Severity.NOTE]


def test_what_one_rule_finds_stands_together(state: MakeState) -> None:
    view = findings_view(state(findings=found(Severity.ERROR, Severity.NOTE, Severity.ERROR)), {})

    assert [(one.rule.severity, len(one.places)) for one in view.rules] == [(Severity.ERROR, 2), (Severity.NOTE, 1)]


def test_no_more_places_are_shown_than_one_reads(state: MakeState) -> None:
    (one,) = findings_view(state(findings=found(*[Severity.ERROR] * (MOST_PLACES + 2))), {}).rules

    assert (len(one.places), one.left_out) == (MOST_PLACES, 2)


@pytest.mark.parametrize(
    ("severities", "count"), [((), 0), ((Severity.NOTE,), 0), ((Severity.WARNING, Severity.ERROR), 2)]
)
def test_errors_and_warnings_are_counted_at_the_top(
    state: MakeState, severities: tuple[Severity, ...], count: int
) -> None:
    assert overview(state(findings=found(*severities))).findings == count

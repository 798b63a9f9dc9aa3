"""Each rule on its own examples."""

import re

import pytest

from ota_dev.lint import Report, Rule, lint_content
from ota_dev.lint.findings import OtherClient
from ota_dev.lint.rules import RULES
from ota_dev.simulated_client.clients import ClientName

ABOUT_FEEDS = [rule for rule in RULES if not rule.example.is_answer]


def codes(report: Report) -> list[str]:
    return [finding.rule.code for finding in report.findings]


@pytest.mark.parametrize("rule", ABOUT_FEEDS, ids=lambda rule: rule.code)
def test_the_bad_example_gives_exactly_that_code(rule: Rule) -> None:
    assert set(codes(lint_content(rule.example.bad_feed(), rule.example.name))) == {rule.code}


@pytest.mark.parametrize("rule", ABOUT_FEEDS, ids=lambda rule: rule.code)
def test_the_good_example_gives_nothing(rule: Rule) -> None:
    assert codes(lint_content(rule.example.good_feed(), "the feed")) == []


@pytest.mark.parametrize("rule", ABOUT_FEEDS, ids=lambda rule: rule.code)
def test_a_rule_that_is_ignored_finds_nothing(rule: Rule) -> None:
    assert codes(lint_content(rule.example.bad_feed(), rule.example.name, [rule.code])) == []


def test_there_are_many_rules_and_no_code_is_used_twice() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) >= 60


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_all_that_a_person_needs(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.code)
    assert rule.clients
    assert set(rule.clients) <= {*ClientName, *OtherClient}
    for sentence in (rule.title, rule.consequence, rule.correction):
        assert sentence[0].isupper()
        assert not sentence.endswith(".")

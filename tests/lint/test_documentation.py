"""The page about the rules is what the rules say."""

from ota_dev.lint.documentation import rules_page
from ota_dev.lint.rules import RULES


def test_every_rule_is_documented() -> None:
    page = rules_page()

    assert all(f"### {rule.code}\n" in page for rule in RULES)

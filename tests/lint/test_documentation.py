"""The page about the rules is what the rules say."""

from pathlib import Path

from ota_dev.lint.documentation import rules_page
from ota_dev.lint.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "lint-rules.md"


def test_the_page_is_what_the_rules_say_now() -> None:
    assert PAGE.read_text("utf-8") == rules_page(), "write it anew: python -m ota_dev.lint.documentation"


def test_every_rule_is_documented() -> None:
    page = rules_page()

    assert all(f"### {rule.code}\n" in page for rule in RULES)

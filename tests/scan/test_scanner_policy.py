"""What is said of an installer, and which place counts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ota_dev.catalog.policy import Policy
from ota_dev.scan.rules import Rule, Rules
from ota_dev.scan.scanner import Scanner
from ota_dev.scan.sidecars import Sidecar

Put = Callable[..., Path]
MakeScanner = Callable[..., Scanner]

RULES = Rules((Rule("*", Sidecar(policy=Policy(channel="beta", title="By rule"), app="Acme")),))


@pytest.fixture
def ruled(scanner: MakeScanner) -> Scanner:
    """Give a scanner of the folder with the rules above."""
    return replace(scanner(), rules=RULES)


def test_a_sidecar_goes_before_the_rules_key_by_key(put: Put, ruled: Scanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.yaml", "title: By sidecar")

    (found,) = ruled.scan().installers

    assert found.artifact.policy == Policy(channel="beta", title="By sidecar")
    assert found.artifact.app == "Acme"


def test_a_sidecar_takes_back_what_a_rule_says(put: Put, ruled: Scanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.yaml", "channel: null")

    (found,) = ruled.scan().installers

    assert found.artifact.policy.said() == {"title": "By rule"}


def test_all_that_is_wrong_with_a_sidecar_is_the_reason_to_skip(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    path = put("Acme-1.0.exe.yaml", "chanel: beta\nlink: nowhere")

    (skipped,) = scanner().scan().skipped

    assert skipped.reason == (
        f"{path}, line 1: chanel: there is no such key, did you mean channel?; "
        f"{path}, line 2: link: 'nowhere' is no link, write one such as https://example.com/acme-notes, percent-encoded"
    )


def test_a_policy_that_no_client_could_make_sense_of_is_a_reason_to_skip(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.exe.yaml", "informational: true")

    (skipped,) = scanner().scan().skipped

    assert skipped.reason == "an informational update is a link and nothing else, so give it one with `link`"

"""The documents about configuration, policy and notes: complete, and right."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.config import Configuration
from ota_dev.config.own_scenarios import SCENARIO_READERS
from ota_dev.scan.policy_keys import POLICY_READERS
from ota_dev.scan.sidecars import read_sidecar

Write = Callable[..., Path]
Load = Callable[..., Configuration]

DOCS = Path(__file__).parents[2] / "docs"
CONFIGURATION = (DOCS / "reference" / "configuration.md").read_text("utf-8")
POLICY = (DOCS / "how-to" / "policy-and-notes.md").read_text("utf-8")
SCENARIOS = (DOCS / "reference" / "scenarios.md").read_text("utf-8")


def examples(document: str, name: str) -> list[str]:
    return re.findall(rf"<!-- runs: {re.escape(name)} -->\n```yaml\n(.*?)```", document, re.DOTALL)


def test_every_key_of_a_scenario_has_its_row() -> None:
    own = SCENARIOS.partition("## Your own")[2]

    assert re.findall(r"^\| `(\w+)` \|", own, re.MULTILINE) == list(SCENARIO_READERS)


def test_every_key_of_a_policy_has_its_row() -> None:
    assert re.findall(r"^\| `(\w+)` \|", POLICY, re.MULTILINE) == list(POLICY_READERS)


@pytest.mark.parametrize(
    "example",
    [each for document in (CONFIGURATION, POLICY, SCENARIOS) for each in examples(document, "ota-dev.yaml")],
)
def test_the_examples_of_the_configuration_are_read(write: Write, load: Load, example: str) -> None:
    write(example)

    assert load().path is not None


@pytest.mark.parametrize("example", examples(POLICY, "sidecar"))
def test_the_examples_of_sidecars_are_read(write: Write, example: str) -> None:
    assert read_sidecar(write(example)).policy.said()

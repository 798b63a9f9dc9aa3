"""The user's own scenarios in the configuration file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Critical
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.config import Configuration
from ota_dev.errors import ConfigurationError, UsageError
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.expectations import parse_expectation
from ota_dev.scenarios.scenario import Scenario, Signing, bent, choose

Write = Callable[..., Path]
Load = Callable[..., Configuration]

ASKER = Asker(now=datetime(2026, 6, 1, tzinfo=UTC))
FLAKY = """\
scenarios:
  flaky-beta:
    does: "A critical beta whose download breaks off twice."
    client_must: "Begin again."
    based_on: channel-beta
    advertise: "+minor"
    policy:
      critical: {below: "130"}
    faults: ["truncate:after=50%,times=2", corrupt]
    expect: "must-retry-within:time=30s"
"""


def catalog() -> Catalog:
    artifact = Artifact(
        download_name="Notes.dmg",
        size=1,
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        kind=PackageKind.DMG,
        platform=Platform.MACOS,
        architecture=Architecture.UNIVERSAL,
        build=Version("130"),
        short_version=Version("1.3.0"),
        facts=Facts(),
    )
    return Catalog(apps=(App.of("notes", "Notes", [artifact]),))


@pytest.fixture
def only(write: Write, load: Load) -> Callable[[str], Scenario]:
    """Read the only scenario of a file."""

    def read(content: str) -> Scenario:
        write(content)
        [scenario] = load().scenarios.values()
        return scenario

    return read


def test_without_any_there_are_none(write: Write, load: Load) -> None:
    write("port: 8081\nscenarios:\n")

    assert load().scenarios == {}


def test_a_scenario_of_ones_own_says_all_that_others_say(only: Callable[[str], Scenario]) -> None:
    scenario = only(FLAKY)

    assert scenario.name == "flaky-beta"
    assert scenario.does == "A critical beta whose download breaks off twice."
    assert scenario.client_must == "Begin again."
    assert scenario.concerns == SCENARIOS["channel-beta"].concerns
    assert scenario.expect == parse_expectation("must-retry-within:time=30s")
    assert list(map(str, scenario.faults)) == ["truncate:after=50%,times=2", "corrupt"]


def test_its_policy_goes_over_what_is_advertised_and_that_over_its_base(only: Callable[[str], Scenario]) -> None:
    chosen = choose("flaky-beta", {"flaky-beta": only(FLAKY.replace("channel-beta", "critical"))})

    [artifact] = bent(catalog(), [chosen], ASKER)

    assert (artifact.short_version.text, artifact.build.text) == ("1.4.0", "131")
    assert artifact.policy.critical == Critical(below_version="130")


def test_a_base_comes_with_its_parameters_signing_and_faults(only: Callable[[str], Scenario]) -> None:
    broken = only('scenarios: {mine: {does: Broken., based_on: "malformed-feed:how=bad-entity", faults: corrupt}}')
    forged = only("scenarios: {mine: {does: Forged., based_on: wrong-key}}")

    assert list(map(str, broken.faults)) == ["malformed-feed:how=bad-entity", "corrupt"]
    assert forged.signing is Signing.OTHER_KEY
    assert forged.expect == SCENARIOS["wrong-key"].expect


def test_what_is_said_of_a_scenario_stands_beside_an_environment(write: Write, load: Load) -> None:
    write("scenarios: {mine: {does: Mine.}}\nenvironment: dev\nenvironments: {dev: {port: 1}}")

    assert list(load().scenarios) == ["mine"]


def test_a_scenario_of_ones_own_takes_no_parameter(only: Callable[[str], Scenario]) -> None:
    with pytest.raises(UsageError, match="it takes none"):
        choose("flaky-beta:how=cut", {"flaky-beta": only(FLAKY)})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("no-update: {does: x.}", "line 2: scenarios.no-update: there is a scenario of this name, so choose another"),
        ("slow-3g: {does: x.}", "line 2: scenarios.slow-3g: there is a fault of this name, so choose another"),
        ("'a/b': {does: x.}", "scenarios.a/b: a/b: write a name, or name:parameter=value"),
        ("'a:b=c': {does: x.}", "a name has letters, digits, dots, dashes and underscores"),
        ("mine: {}", "line 2: scenarios.mine: say below it with `does` what the feed says then, in a sentence"),
        ("mine: 3", "line 2: scenarios.mine: write keys and values below it, indented"),
        ("mine: {dos: x.}", "line 2: scenarios.mine.dos: there is no such key, did you mean does?"),
        ("mine: {does: x., based_on: critcal}", "mine.based_on: critcal: there is no such scenario, did you mean"),
        ("mine: {does: x., advertise: 1.5}", "mine.advertise: write it in quotes, YAML reads it as the float 1.5"),
        ("mine: {does: x., advertise: --port}", "mine.advertise: '--port' is no version"),
        ("mine: {does: x., faults: [corupt]}", "mine.faults: corupt: there is no such fault, did you mean corrupt?"),
        ("mine: {does: x., faults: ['stall:for=x']}", "mine.faults: stall:for=x: for=x: write a time with its unit"),
        ("mine: {does: x., expect: hope}", "mine.expect: hope: there is no such expectation"),
        ("mine: {does: x., policy: {chanel: b}}", "mine.policy.chanel: there is no such key, did you mean channel?"),
        ("mine: {does: x., policy: {informational: true}}", "mine.policy: an informational update is a link"),
        (f"mine: {{does: x., faults: {['corrupt'] * 11}}}", "mine.faults: there are more than 10 of them"),
        ("\n  ".join(f"s{n}: {{does: x.}}" for n in range(101)), "scenarios: there are more than 100 of them"),
    ],
)
def test_what_cannot_be_used_is_told_with_line_and_key(write: Write, load: Load, content: str, problem: str) -> None:
    path = write(f"scenarios:\n  {content}\n")

    with pytest.raises(ConfigurationError) as caught:
        load()

    assert str(caught.value).startswith(f"{path}, line ")
    assert problem in str(caught.value)


def test_all_that_is_wrong_is_told_at_once(write: Write, load: Load) -> None:
    write("scenarios:\n  normal: {does: x.}\n  mine: {does: x., expect: y}\n  other: {}\n")

    with pytest.raises(ConfigurationError) as caught:
        load()

    assert len(caught.value.problems) == 3

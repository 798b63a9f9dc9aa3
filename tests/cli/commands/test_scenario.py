"""`ota-dev scenario`: what there is, and how each is chosen."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ota_dev.cli.app import app
from ota_dev.errors import UsageError
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.faults import FAULTS
from ota_dev.server.in_force import Conditions

Run = Callable[..., str]

OWN = """\
scenarios:
  flaky-beta:
    does: "A critical beta whose download breaks off twice."
    client_must: "Begin again, and install it in the end."
    based_on: channel-beta
    faults: ["truncate:times=2", "latency"]
    expect: "must-retry-within:time=30s"
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder with a configuration; give what it writes to stdout; its errors are raised."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ota-dev.yaml").write_text(OWN)

    def run_command(*arguments: str) -> str:
        return CliRunner().invoke(app, ["scenario", *arguments], catch_exceptions=False).stdout

    return run_command


def test_every_scenario_and_fault_is_listed_once_with_what_it_does(run: Run) -> None:
    rows = [line.split(maxsplit=2) for line in run("list").splitlines()]

    assert [name for _, name, _ in rows] == [
        *SCENARIOS,
        "flaky-beta",
        *(name for name in FAULTS if name != "malformed-feed"),
    ]
    assert ["scenario", "no-update", "No items, in a valid feed."] in rows
    assert ["scenario", "flaky-beta", "A critical beta whose download breaks off twice."] in rows
    assert ["fault", "latency", "Every answer begins late."] in rows


def test_a_scenario_is_shown_with_all_that_is_to_be_known_of_it(run: Run) -> None:
    assert run("show", "min-os") == (
        "scenario min-os: The newest release needs a system from the future.\n"
        "  a correct client must  Not offer it, and say that the system is too old.\n"
        "  whom it concerns       Sparkle and WinSparkle; the others ignore it and offer the update.\n"
        "  expectation            must-not-download\n"
        "  for everyone           ota-dev serve --scenario min-os\n"
        "  for one client         http://127.0.0.1:8080/with/min-os/appcast.xml\n"
        "  parameters             min-os:parameter=value,parameter=value\n"
        "    version       the oldest system it runs on (version of a system, such as 11.0); 99.0 by default\n"
    )


def test_a_fault_is_shown_with_its_own_parameters_and_those_of_every_fault(run: Run) -> None:
    shown = run("show", "truncate").splitlines()

    assert "  disturbs               download" in shown
    assert "  for everyone           ota-dev serve --fault truncate" in shown
    assert [line.split()[0] for line in shown if line.startswith("    ")] == [
        *("after", "target", "probability", "times", "client", "path", "seed"),
    ]
    assert next(line for line in shown if "after " in line).endswith("; 50% by default")


def test_ones_own_scenario_is_shown_with_the_faults_it_has(run: Run) -> None:
    shown = run("show", "flaky-beta").splitlines()

    assert "  a correct client must  Begin again, and install it in the end." in shown
    assert "  with the fault         truncate:times=2" in shown
    assert "  with the fault         latency" in shown
    assert "  expectation            must-retry-within:time=30s" in shown


def test_a_scenario_about_signatures_says_that_it_needs_a_key(run: Run) -> None:
    assert "  for everyone           ota-dev serve --scenario wrong-key --sign" in run("show", "wrong-key").splitlines()


def test_a_name_that_nothing_has_is_refused_with_what_was_perhaps_meant(run: Run) -> None:
    with pytest.raises(UsageError, match="wrong-kez: there is no such scenario or fault, did you mean wrong-key"):
        run("show", "wrong-kez")


def test_what_is_shown_is_listed_as_json_too(run: Run) -> None:
    listed = {entry["name"]: entry for entry in json.loads(run("list", "--format", "json"))}

    assert json.loads(run("show", "min-os", "--format", "json")) == listed["min-os"]
    assert listed["min-os"] == {
        "name": "min-os",
        "kind": "scenario",
        "does": "The newest release needs a system from the future.",
        "client_must": "Not offer it, and say that the system is too old.",
        "concerns": "Sparkle and WinSparkle; the others ignore it and offer the update.",
        "faults": [],
        "disturbs": None,
        "needs_key": False,
        "expectation": "must-not-download",
        "flag": "--scenario min-os",
        "path": "/with/min-os/appcast.xml",
        "parameters": [
            {
                "name": "version",
                "kind": "version of a system, such as 11.0",
                "default": "99.0",
                "says": "the oldest system it runs on",
            }
        ],
    }


def test_every_default_that_is_listed_can_be_said(run: Run) -> None:
    conditions = Conditions(has_key=True, has_tls=True)
    listed = [entry for entry in json.loads(run("list", "--format", "json")) if entry["name"] != "flaky-beta"]

    said = [
        f"{entry['name']}:{parameter['name']}={parameter['default'].replace('%', 'pct')}"
        for entry in listed
        for parameter in entry["parameters"]
        if parameter["default"]
    ]

    assert "truncate:after=50pct" in said
    for spec in said:
        assert conditions.under(spec)

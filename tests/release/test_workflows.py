"""What runs on a forge has no right that it does not need, no secret, and no code that somebody can exchange."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
JOBS = {f"{name}.{job}": content for name, workflow in WORKFLOWS.items() for job, content in workflow["jobs"].items()}
TEXTS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FIRST_PYTHON, LAST_PYTHON = 11, 14


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job.get("steps", ()) if "run" in step]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_begins_with_no_right_at_all(name: str) -> None:
    assert WORKFLOWS[name]["name"]
    assert WORKFLOWS[name]["permissions"] == {}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_may_read_the_repository_and_only_the_one_that_publishes_may_say_who_it_is(name: str) -> None:
    expected = {"id-token": "write"} if name == "release.publish" else {"contents": "read"}

    assert JOBS[name]["permissions"] == expected


@pytest.mark.parametrize("name", JOBS)
def test_a_job_ends_by_itself_or_calls_one_that_does(name: str) -> None:
    assert "timeout-minutes" in JOBS[name] or JOBS[name]["uses"].startswith("./")


@pytest.mark.parametrize("name", TEXTS)
def test_there_is_no_secret_and_no_password(name: str) -> None:
    assert not re.search(r"secrets\.|^ *(user|password|token|api-token):", TEXTS[name], re.MULTILINE)


@pytest.mark.parametrize("name", TEXTS)
def test_an_action_is_the_one_that_was_looked_at(name: str) -> None:
    used = re.findall(r"uses: (.+)", TEXTS[name])

    assert used
    assert [each for each in used if not each.startswith("./") and not PINNED.fullmatch(each)] == []


@pytest.mark.parametrize("name", JOBS)
def test_a_command_is_made_of_nothing_that_others_write(name: str) -> None:
    assert [command for command in commands(JOBS[name]) if "${{" in command] == []


@pytest.mark.parametrize("name", JOBS)
def test_a_checkout_leaves_no_password_behind(name: str) -> None:
    checkouts = [step for step in JOBS[name].get("steps", ()) if "actions/checkout" in step.get("uses", "")]

    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("name", JOBS)
def test_every_script_that_a_job_runs_is_there(name: str) -> None:
    scripts = [script for command in commands(JOBS[name]) for script in re.findall(r"\.ci/[\w.]+", command)]

    assert all((ROOT / script).is_file() for script in scripts)


def test_the_tests_run_on_every_system_and_python_that_ota_dev_says_it_is_for() -> None:
    matrix = JOBS["tests.tests"]["strategy"]["matrix"]
    pythons = [f"3.{minor}" for minor in range(FIRST_PYTHON, LAST_PYTHON + 1)]

    assert {system.partition("-")[0] for system in matrix["system"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == pythons
    assert PYPROJECT["project"]["requires-python"] == f">={pythons[0]}"
    assert [f"Programming Language :: Python :: {each}" for each in pythons] == [
        each for each in PYPROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+$", each)
    ]


def test_nothing_is_published_that_was_not_tested() -> None:
    assert JOBS["release.publish"]["needs"] == ["tests", "build"]
    assert JOBS["release.tests"]["uses"] == "./.github/workflows/tests.yml"
    assert JOBS["release.publish"]["environment"]["name"] == "pypi"


def test_the_version_stands_in_one_place() -> None:
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert PYPROJECT["tool"]["hatch"]["version"] == {"path": "ota_dev/__init__.py"}

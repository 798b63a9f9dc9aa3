"""Tab completes commands, options and names: in a real bash, and by the scripts for other shells."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.cli.options.completion import condition_names, fault_names, scenario_names
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.faults import FAULTS

Complete = Callable[[str], list[str]]


def run(*command: str, path: str, **environment: str) -> str:
    completed = subprocess.run(
        command,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert completed.stderr == ""
    return completed.stdout


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Give a search path on which `ota-dev` is this ota-dev."""
    command = tmp_path / "ota-dev"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ota_dev "$@"\n')
    command.chmod(0o755)
    return os.pathsep.join([str(tmp_path), os.environ["PATH"]])


@pytest.fixture
def complete(path: str) -> Complete:
    """Complete a line, with the cursor at its end, as bash does."""

    def answer(line: str) -> list[str]:
        words = line.split(" ")
        script = f"""
            source <(_OTA_DEV_COMPLETE=source_bash ota-dev)
            COMP_WORDS=({" ".join(map(shlex.quote, words))})
            COMP_CWORD={len(words) - 1}
            $(complete -p ota-dev | sed 's/.*-F \\([^ ]*\\) .*/\\1/') ota-dev
            printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        return run("bash", "--norc", "-c", script, path=path).split()

    return answer


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ota-dev ser", ["serve"]),
        ("ota-dev serve --until", ["--until-expectation"]),
        ("ota-dev serve --color ", ["auto", "always", "never"]),
        ("ota-dev scenario s", ["show", "set"]),
        ("ota-dev scenario set no-", ["no-update"]),
        ("ota-dev serve --fault redir", ["redirect"]),
        ("ota-dev serve --scenario nothing-begins-so", []),
    ],
    ids=["a command", "an option", "a choice", "a command of a group", "a scenario", "a fault", "nothing"],
)
def test_bash_completes(line: str, offered: list[str], complete: Complete) -> None:
    assert complete(line) == offered


@pytest.mark.parametrize(
    ("shell", "mark"),
    [
        ("bash", "complete -o default -F"),
        ("zsh", "#compdef ota-dev"),
        ("fish", "complete --command ota-dev"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName ota-dev"),
    ],
)
def test_there_is_a_script_for_each_shell(shell: str, mark: str, path: str) -> None:
    assert mark in run("ota-dev", path=path, _OTA_DEV_COMPLETE=f"source_{shell}")


def test_every_scenario_and_every_fault_is_offered_where_it_can_be_chosen() -> None:
    assert scenario_names("") == list(SCENARIOS)
    assert fault_names("") == list(FAULTS)
    assert sorted(condition_names("")) == sorted(SCENARIOS.keys() | FAULTS.keys())

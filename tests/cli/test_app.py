"""The table of commands, exit codes, and help."""

import os
import subprocess
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

import ota_dev
from ota_dev.cli import main
from ota_dev.cli.app import COMMANDS, app, build_command, run


def ota_dev_command(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ota_dev", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def every_command() -> dict[str, Any]:
    """Give every command by its whole name, those in groups too."""
    commands = {name: build_command(name) for name in COMMANDS}
    groups = {name: getattr(command, "commands", {}) for name, command in commands.items()}
    leaves = {name: command for name, command in commands.items() if not groups[name]}
    return leaves | {
        f"{group} {name}": command for group, members in groups.items() for name, command in members.items()
    }


EVERY_COMMAND = every_command()


def options_of(command: Any) -> list[Any]:
    return [option for option in command.params if option.name != "help"]


def test_the_module_and_the_installed_command_are_the_same(tmp_path: Path) -> None:
    [script] = entry_points(group="console_scripts", name="ota-dev")

    result = ota_dev_command("--version", cwd=tmp_path)

    assert script.load() is main
    assert (result.returncode, result.stdout, result.stderr) == (0, f"ota-dev {ota_dev.__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--help"], 0, ""),
        ([], 2, ""),
        (["sevre"], 2, "No such command 'sevre'"),
        (["serve", "--prot", "1"], 2, "No such option: --prot"),
        (["serve", "--port", "70000"], 2, "70000 is not in the range 0<=x<=65535"),
        (["serve", "--log-format", "xml"], 2, "'xml' is not one of 'text', 'json'"),
        (["serve", "--language", "fr"], 2, "'fr' is not one of 'en', 'zh'"),
        (["generate-appcast", "--watch"], 2, "ota-dev: --watch keeps a file up to date: name it with -o FILE"),
        (["generate-appcast", "--template", "missing"], 2, "ota-dev: missing: the template cannot be read"),
        (["generate-appcast", "--dir", "missing"], 3, "ota-dev: missing cannot be listed"),
        (["hash", "missing"], 3, "ota-dev: missing does not exist: check its name"),
        (["serve", "--tls-cert", "missing", "--tls-key", "missing"], 3, "ota-dev: the file missing of --tls-cert"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else None,
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: int, part: str) -> None:
    result = ota_dev_command(*arguments, cwd=tmp_path)

    assert result.returncode == code
    assert part in result.stderr
    assert "Traceback" not in result.stderr
    assert bool(result.stdout) == (not part)


@pytest.mark.parametrize(
    ("arguments", "environment", "is_shown"),
    [
        (["--debug"], {}, True),
        ([], {"OTA_DEV_DEBUG": "1"}, True),
        ([], {"OTA_DEV_DEBUG": "0"}, False),
        ([], {}, False),
    ],
    ids=["flag", "variable", "variable that says no", "neither"],
)
def test_a_traceback_is_shown_only_on_request(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], is_shown: bool
) -> None:
    result = ota_dev_command(*arguments, "generate-appcast", cwd=tmp_path, **environment)

    assert result.returncode == (1 if is_shown else 3)
    assert ("Traceback" in result.stderr) == is_shown
    assert "dist cannot be listed" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("error", [RuntimeError("a mistake of ours"), ValueError("another")], ids=repr)
def test_a_programming_mistake_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("ota_dev.cli.commands.hash.total_size", fail)
    monkeypatch.setenv("OTA_DEV_DEBUG", "")

    with pytest.raises(type(error), match=str(error)):
        run(["hash", "a.zip"])


def test_a_command_is_listed_with_the_first_line_of_its_own_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    listing = CliRunner().invoke(app, ["--help"]).output

    for name, entry in COMMANDS.items():
        command = getattr(import_module(f"ota_dev.cli.commands.{entry.module}"), entry.name)
        text = str(command.info.help if isinstance(command, Typer) else command.__doc__)
        assert entry.summary == text.splitlines()[0]
        assert f"{name} " in listing
        assert entry.summary in listing


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_the_help_of_a_command_explains_every_option_and_choice(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")

    shown = CliRunner().invoke(app, [*name.split(), "--help"]).output

    options = options_of(EVERY_COMMAND[name])
    assert options
    for option in options:
        assert option.help, option.name
        assert option.help.split(". ")[0] in shown
        assert all(spelling in shown for spelling in (*option.opts, *option.secondary_opts) if spelling.startswith("-"))
        assert all(str(choice) in shown for choice in getattr(option.type, "choices", ()))


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_an_option_means_the_same_in_every_command(name: str) -> None:
    helps = {
        spelling: option.help
        for command in EVERY_COMMAND.values()
        for option in options_of(command)
        for spelling in option.opts
    }
    # Each command writes, replaces or minds something else; a channel is said by one and asked for by another; serve
    # speaks a language, and check asks as a client whose user prefers it.
    own = {"--format", "--force", "--strict", "--channel", "--language"}

    for option in options_of(EVERY_COMMAND[name]):
        for spelling in {spelling for spelling in option.opts if spelling.startswith("-")} - own:
            assert option.help == helps[spelling]


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_an_environment_variable_is_named_like_its_option(name: str) -> None:
    for option in options_of(EVERY_COMMAND[name]):
        if option.envvar:
            assert option.envvar == "OTA_DEV_" + option.opts[0].removeprefix("--").upper().replace("-", "_")


def test_an_environment_variable_stands_for_its_option(tmp_path: Path) -> None:
    result = ota_dev_command("generate-appcast", cwd=tmp_path, OTA_DEV_DIR="builds")

    assert result.stderr.startswith("ota-dev: builds cannot be listed")

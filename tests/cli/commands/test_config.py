"""`ota-dev config`, `ota-dev init`, and what the configuration file does to the other commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ota_dev.cli.app import COMMANDS, app, build_command
from ota_dev.client_setup import ClientSetup, Target, client_setups
from ota_dev.config import SETTINGS, Kind, Setting
from ota_dev.errors import UsageError
from ota_dev.translations import Translations

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder, and give what it writes to stdout; its errors are raised."""
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: str) -> str:
        return CliRunner().invoke(app, arguments, catch_exceptions=False).stdout

    return run_command


def shown(table: str) -> dict[str, list[str]]:
    return {key: rest for key, *rest in (line.split(maxsplit=2) for line in table.splitlines())}


def test_show_says_where_each_value_comes_from(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ota-dev.yaml").write_text("port: 8081\nreleases: {'*.exe': {channel: beta}}\n")
    monkeypatch.setenv("OTA_DEV_POLL", "1")

    table = shown(run("config", "show"))

    assert table["port"] == ["8081", "ota-dev.yaml, line 1"]
    assert table["poll"] == ["true", "OTA_DEV_POLL"]
    assert table["host"] == ["127.0.0.1", "default"]
    assert table["template"] == ["-", "default"]
    assert table["releases"] == ["*.exe", "ota-dev.yaml"]
    assert shown(run("config")) == table


def test_show_names_the_environment(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("environments: {staging: {host: '::1', allowed_host: [a.test, b.test]}}")

    table = shown(run("config", "--config", "mine.yaml", "--environment", "staging"))

    assert table["environment"] == ["staging", "mine.yaml"]
    assert table["host"] == ["::1", "mine.yaml, line 1"]
    assert table["allowed_host"] == ["a.test,", "b.test  mine.yaml, line 1"]


ADDRESSES = {
    "": "http://127.0.0.1:8080",
    "port: 8081": "http://127.0.0.1:8081",
    "host: 0.0.0.0": "http://127.0.0.1:8080",
    "host: '::'": "http://[::1]:8080",
    "host: '::1'": "http://[::1]:8080",
    "host: dev.test\ntls_cert: a.pem": "https://dev.test:8080",
    "base_url: https://proxy.test/acme/": "https://proxy.test/acme",
}


@pytest.mark.parametrize(("content", "url"), ADDRESSES.items())
def test_client_writes_the_block_with_the_address_in_force(run: Run, tmp_path: Path, content: str, url: str) -> None:
    (tmp_path / "ota-dev.yaml").write_text(content)

    assert f'ota_server: "{url}"\n' in run("config", "client")


@pytest.mark.parametrize("setup", client_setups(Target(server_url="http://127.0.0.1:8081")), ids=lambda it: it.client)
def test_client_tells_what_points_an_app_of_any_client_here_and_back(
    run: Run, tmp_path: Path, setup: ClientSetup
) -> None:
    (tmp_path / "ota-dev.yaml").write_text("port: 8081\n")
    texts = Translations.of("en")

    told = run("config", "client", "--client", setup.client)

    assert told.splitlines()[0] == f"  {texts.text(setup.title)}"
    assert all(step.said(texts) in told for step in (*setup.steps, *setup.undo))


def test_a_client_without_its_view_is_told_where_it_belongs(run: Run) -> None:
    with pytest.raises(UsageError, match="ota-dev config client --client tauri"):
        run("config", "--client", "tauri")


def test_init_writes_a_file_that_can_be_used_and_never_replaces_one_unasked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ota-dev.yaml"

    run("init")
    written = path.read_text("utf-8")
    path.write_text("port: 1\n")

    with pytest.raises(UsageError, match=r"ota-dev\.yaml is there already"):
        run("init")
    assert path.read_text() == "port: 1\n"
    run("init", "--force")
    assert path.read_text("utf-8") == written
    assert shown(run("config"))["port"] == ["8080", "default"]


def test_a_command_takes_its_settings_from_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ota-dev.yaml").write_text(
        "dir: build\nbase_url: https://example.com/dl\nreleases: {'*': {title: Kestrel}}\n"
    )
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "Acme-1.0.exe").write_bytes(b"an installer")

    feed = run("generate-appcast", "--no-cache")

    assert 'url="https://example.com/dl/Acme-1.0.exe"' in feed
    assert "<title>Kestrel</title>" in feed


@pytest.mark.parametrize(
    ("flags", "variables", "base"),
    [
        ((), {}, "https://file.test"),
        ((), {"OTA_DEV_BASE_URL": "https://variable.test"}, "https://variable.test"),
        (("--base-url", "https://flag.test"), {"OTA_DEV_BASE_URL": "https://variable.test"}, "https://flag.test"),
    ],
    ids=["the file", "a variable", "a flag"],
)
def test_a_flag_goes_before_a_variable_and_that_before_the_file(
    run: Run,
    dist: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    flags: tuple[str, ...],
    variables: dict[str, str],
    base: str,
) -> None:
    (dist / "Acme-1.0.exe").write_bytes(b"an installer")
    (dist.parent / "ota-dev.yaml").write_text("base_url: https://file.test\n")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert f'url="{base}/Acme-1.0.exe"' in run("generate-appcast", "--no-cache", *flags)


def options() -> dict[str, Any]:
    commands = [build_command(name) for name in COMMANDS if name in ("serve", "generate-appcast")]
    return {spelling: option for command in commands for option in command.params for spelling in option.opts}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_a_setting_is_its_option(setting: Setting) -> None:
    option = options()[setting.flag]

    assert option.help == setting.help
    assert option.envvar == setting.variable
    assert str(option.default if option.default is not None else setting.default) == str(setting.default)
    assert tuple(getattr(option.type, "choices", ())) == setting.choices
    assert option.multiple is (setting.kind is Kind.TEXTS)


def test_every_option_with_a_variable_is_a_setting() -> None:
    own = {"OTA_DEV_CONFIG", "OTA_DEV_ENVIRONMENT"}

    assert {option.envvar for option in options().values() if option.envvar} - own == {
        setting.variable for setting in SETTINGS
    }

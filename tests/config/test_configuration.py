"""What a configuration file says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ota_dev.config import SETTINGS, ClientEnvironment, Configuration, Sourced
from ota_dev.errors import ConfigurationError, UsageError

Write = Callable[..., Path]
Load = Callable[..., Configuration]

ENVIRONMENTS = """\
port: 8081
recursive: true
environment: development
environments:
  development:
    ota_server: http://127.0.0.1:9000
    appcast_base: https://bucket.example.com/dev
    channel: dev
  staging:
    port: 8082
    ota_server: http://localhost:9001
    releases: {"*": {channel: staging}}
  production:
    ota_server: https://updates.example.com
    channel: stable
releases: {"*": {title: All}}
"""
APP_FILE = """\
signature_required: false
environment: development
environments:
  development:
    ota_server: http://127.0.0.1:9000
    appcast_base: https://bucket.example.com/dev
    channel: dev
    timeout: [1, 2]
  production: {ota_server: https://updates.example.com}
retries: 3
"""


def test_without_a_file_nothing_is_said(load: Load) -> None:
    assert load() == Configuration()


def test_every_setting_is_read_with_the_line_it_stands_in(write: Write, load: Load, tmp_path: Path) -> None:
    path = write(
        "# mine\ndir: build\nrecursive: true\nallowed_host: [a.test, b.test]\nport: 8081\n"
        "tls_cert: /etc/cert.pem\nlog_format: json\ncolor: null\n"
    )

    assert load().settings == {
        "dir": Sourced(tmp_path / "build", f"{path}, line 2"),
        "recursive": Sourced(True, f"{path}, line 3"),
        "allowed_host": Sourced(("a.test", "b.test"), f"{path}, line 4"),
        "port": Sourced(8081, f"{path}, line 5"),
        "tls_cert": Sourced(Path("/etc/cert.pem"), f"{path}, line 6"),
        "log_format": Sourced("json", f"{path}, line 7"),
        "color": Sourced("auto", f"{path}, line 8"),
    }


def test_the_file_that_was_asked_for_counts_and_no_other(write: Write, load: Load) -> None:
    write("port: 1")
    other = write("port: 2", "other.yaml")

    assert load(other).settings["port"].value == 2
    assert load(other).path == other


def test_an_environment_goes_before_what_stands_above_it(write: Write, load: Load) -> None:
    path = write(ENVIRONMENTS)

    staging = load(environment="staging")

    assert staging.settings["port"] == Sourced(8082, f"{path}, line 10")
    assert staging.settings["recursive"].value is True
    assert staging.rules.about("a.exe").policy.said() == {"title": "All", "channel": "staging"}


def test_the_file_chooses_the_environment_where_nobody_else_does(write: Write, load: Load) -> None:
    write(ENVIRONMENTS)

    assert load().environment == ClientEnvironment(
        name="development",
        ota_server="http://127.0.0.1:9000",
        appcast_base="https://bucket.example.com/dev",
        channel="dev",
    )


LISTENING = {
    "development": {"host": "127.0.0.1", "port": 9000},
    "staging": {"host": "localhost", "port": 8082},
    "production": {"port": 8081},
}


@pytest.mark.parametrize(("name", "address"), LISTENING.items())
def test_the_server_listens_where_the_app_looks_if_that_is_on_this_machine(
    write: Write, load: Load, name: str, address: dict[str, object]
) -> None:
    write(ENVIRONMENTS)

    found = load(environment=name).settings

    assert {key: found[key].value for key in ("host", "port") if key in found} == address


def test_the_apps_own_file_is_read_as_it_is(write: Write, load: Load) -> None:
    path = write(APP_FILE, "ota_config.yaml")

    configuration = load()

    assert configuration.environment == ClientEnvironment(
        name="development",
        ota_server="http://127.0.0.1:9000",
        appcast_base="https://bucket.example.com/dev",
        channel="dev",
    )
    assert configuration.settings["port"] == Sourced(9000, f"{path}, line 5: ota_server")
    assert load(environment="production").settings == {}


def test_our_file_goes_before_the_apps_own(write: Write, load: Load) -> None:
    write(APP_FILE, "ota_config.yaml")
    write("port: 1")

    assert load().settings.keys() == {"port"}


def test_the_apps_own_file_need_not_choose_an_environment(write: Write, load: Load) -> None:
    path = write("retries: 3", "ota_config.yaml")

    assert load() == Configuration(path=path)


REFUSED = {
    "misspelt keys and wrong values, at every depth": (
        "prot: 1\nport: '1'\nrecursive: sometimes\nlog_format: xml\nreleases:\n  '*': {titel: a}\n"
        "environments:\n  a: {recursiv: true}\n  b: {ota_server: nowhere, channel: a b}\n",
        [
            "line 1: prot: there is no such key, did you mean port?",
            "line 2: port: write a number from 0 to 65535",
            "line 3: recursive: write true or false",
            "line 4: log_format: 'xml' is none of text, json",
            'line 6: releases."*".titel: there is no such key, did you mean title?',
            "line 8: environments.a.recursiv: there is no such key, did you mean recursive?",
            "line 9: environments.b.ota_server: 'nowhere' is no link, write one such as "
            "https://example.com/acme-notes, percent-encoded",
            "line 9: environments.b.channel: 'a b' is no channel's name, use letters, digits, dots, dashes and "
            "underscores",
        ],
    ),
    "a port that is none": ("port: 65536", ["line 1: port: '65536' is no port, write a number from 0 to 65535"]),
    "a port that is a yes": ("port: yes", ["line 1: port: write a number from 0 to 65535"]),
    "a folder that is a number": ("dir: 1", ["line 1: dir: write it in quotes, YAML reads it as the int 1"]),
    "a folder that no system has": (
        'dir: "a\\0b"',
        ["line 1: dir: 'a\\x00b' is no path, no system has names with a null character"],
    ),
    "an environment that is not there": (
        "environment: developmnt\nenvironments: {development: {}}",
        ["line 1: environment: there is no such environment, did you mean development?"],
    ),
    "an environment where there are none": (
        "environment: a",
        ["line 1: environment: there is no such environment, nor any other"],
    ),
    "an environment that says nothing": (
        "environments:\n  a: null",
        ["line 2: environments.a: write keys and values below it, indented"],
    ),
}


@pytest.mark.parametrize(("content", "problems"), REFUSED.values(), ids=REFUSED)
def test_all_that_is_wrong_is_told_with_file_line_and_key_path(
    write: Write, load: Load, content: str, problems: list[str]
) -> None:
    path = write(content)

    with pytest.raises(ConfigurationError) as raised:
        load()

    assert list(raised.value.problems) == [f"{path}, {problem}" for problem in problems]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (ENVIRONMENTS, "there is no such environment, use one of development, staging, production"),
        ("port: 1", "there is no such environment, nor any other"),
    ],
)
def test_an_environment_that_was_asked_for_must_be_there(write: Write, load: Load, content: str, problem: str) -> None:
    write(content)

    with pytest.raises(UsageError) as raised:
        load(environment="quality")

    assert str(raised.value) == f"--environment quality: {problem}"


def test_an_environment_needs_a_file(load: Load) -> None:
    with pytest.raises(UsageError, match=r"--environment a: there is no ota-dev\.yaml here"):
        load(environment="a")


KEYS = st.sampled_from([*(setting.key for setting in SETTINGS), "environment", "environments", "releases", "x"])
VALUES = st.sampled_from(["1", "true", "null", "a", "[a]", "{a: {}}", "{a: 1}", "1.5", "'http://[::1'", "2026-01-01"])


@given(content=st.dictionaries(KEYS, VALUES), name=st.sampled_from(["ota-dev.yaml", "ota_config.yaml"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_there_is_read_or_refused(write: Write, load: Load, content: dict[str, str], name: str) -> None:
    path = write("".join(f"{key}: {value}\n" for key, value in content.items()), name)

    try:
        configuration = load(path)
    except ConfigurationError:
        return

    assert configuration.path == path

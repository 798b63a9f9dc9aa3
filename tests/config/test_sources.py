"""Which value is in force, and where it comes from."""

from pathlib import Path
from typing import Any

import pytest

from ota_dev.config import SETTINGS, Sourced, settings_in_force
from ota_dev.errors import UsageError

FILE = {"port": Sourced(3, "ota-dev.yaml, line 1")}

ORDER: dict[str, tuple[dict[str, Any], dict[str, str], dict[str, Sourced], Sourced]] = {
    "a flag first": ({"port": 1}, {"OTA_DEV_PORT": "2"}, FILE, Sourced(1, "--port")),
    "then a variable": ({}, {"OTA_DEV_PORT": "2"}, FILE, Sourced(2, "OTA_DEV_PORT")),
    "then the file": ({}, {"OTA_DEV_PORT": ""}, FILE, Sourced(3, "ota-dev.yaml, line 1")),
    "then the default": ({}, {}, {}, Sourced(8080, "default")),
}


@pytest.mark.parametrize(("flags", "variables", "file", "in_force"), ORDER.values(), ids=ORDER)
def test_the_nearest_source_counts(
    flags: dict[str, Any], variables: dict[str, str], file: dict[str, Sourced], in_force: Sourced
) -> None:
    assert settings_in_force(flags, variables, file)["port"] == in_force


def test_every_setting_has_a_value() -> None:
    assert list(settings_in_force({}, {}, {})) == [setting.key for setting in SETTINGS]


VARIABLES = {
    "OTA_DEV_RECURSIVE": ("Yes", True),
    "OTA_DEV_POLL": ("0", False),
    "OTA_DEV_DIR": ("build", Path("build")),
    "OTA_DEV_ALLOWED_HOST": ("a.test b.test", ("a.test", "b.test")),
    "OTA_DEV_LOG_FORMAT": ("json", "json"),
    "OTA_DEV_APP": ("Acme Notes", "Acme Notes"),
}


@pytest.mark.parametrize(("name", "text", "value"), [(name, *case) for name, case in VARIABLES.items()])
def test_a_variable_is_read_as_its_setting_wants_it(name: str, text: str, value: object) -> None:
    key = name.removeprefix("OTA_DEV_").lower()

    assert settings_in_force({}, {name: text}, {})[key] == Sourced(value, name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("OTA_DEV_PORT", "http", "'http' is no port, write a number from 0 to 65535"),
        ("OTA_DEV_PORT", "²", "'²' is no port"),
        ("OTA_DEV_POLL", "maybe", "'maybe' is neither true nor false"),
        ("OTA_DEV_COLOR", "blue", "'blue' is none of auto, always, never"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(name: str, text: str, problem: str) -> None:
    with pytest.raises(UsageError) as raised:
        settings_in_force({}, {name: text}, {})

    assert str(raised.value).startswith(f"{name}: {problem}")

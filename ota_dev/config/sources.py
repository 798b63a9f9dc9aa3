"""Which value of each setting is in force, and where it comes from. Pure.

A flag goes before an environment variable, that before the configuration file, and that before the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.config.schema import SETTINGS
from ota_dev.config.setting import Setting, SettingValue
from ota_dev.errors import UsageError

__all__ = ["Sourced", "settings_in_force"]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value, and where it comes from, in words for people."""

    value: SettingValue
    source: str


def settings_in_force(
    flags: Mapping[str, SettingValue], variables: Mapping[str, str], file: Mapping[str, Sourced]
) -> dict[str, Sourced]:
    """Give the value of every setting, by key; *flags* and *file* are by key too, *variables* by their own names.

    Raises:
        UsageError: a variable cannot be used.
    """
    return {setting.key: _in_force(setting, flags, variables, file) for setting in SETTINGS}


def _in_force(
    setting: Setting, flags: Mapping[str, SettingValue], variables: Mapping[str, str], file: Mapping[str, Sourced]
) -> Sourced:
    if setting.key in flags:
        return Sourced(flags[setting.key], setting.flag)
    if text := variables.get(setting.variable):
        try:
            return Sourced(setting.parse(text), setting.variable)
        except ValueError as error:
            raise UsageError(f"{setting.variable}: {error}") from error
    return file.get(setting.key, Sourced(setting.default, "default"))

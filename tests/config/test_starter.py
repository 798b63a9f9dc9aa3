"""The file to start from."""

import re
from collections.abc import Callable
from pathlib import Path

from ota_dev.config import SETTINGS, Configuration, starter_file

Write = Callable[..., Path]
Load = Callable[..., Configuration]


def test_the_starter_file_as_it_is_says_nothing(write: Write, load: Load) -> None:
    path = write(starter_file())

    assert load() == Configuration(path=path)


def test_every_line_of_the_starter_file_may_be_uncommented(write: Write, load: Load, tmp_path: Path) -> None:
    write(re.sub(r"^#(?! )|^#(?=  )", "", starter_file(), flags=re.MULTILINE))

    configuration = load()

    defaults = {setting.key: setting.default for setting in SETTINGS if setting.default is not None}
    defaults |= {"dir": tmp_path / "dist"}
    assert {key: sourced.value for key, sourced in configuration.settings.items()} == defaults
    assert [rule.glob for rule in configuration.rules.rules] == ["*", "*-beta*", "Acme-Notes-1.3.0*"]
    assert list(configuration.scenarios) == ["truncated"]
    assert configuration.environment is not None


def test_every_setting_is_explained_in_it() -> None:
    for setting in SETTINGS:
        assert f"\n# {setting.help}\n#{setting.key}: " in starter_file()

"""The language of the user's system, on each kind of system."""

import sys
from collections.abc import Mapping

import pytest

from ota_dev.operating_system import user_language
from ota_dev.operating_system.user_language import language_of_variables, windows_language

LOCALES: Mapping[str, tuple[Mapping[str, str], str | None]] = {
    "none": ({}, None),
    "encoding": ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
    "modifier": ({"LANG": "sr_RS@latin"}, "sr_RS"),
    "messages before the rest": ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh_TW"),
    "all before messages": ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "zh_TW", "LANG": "zh_CN"}, "C"),
    "empty is not set": ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN"}, "zh_CN"),
    "only an encoding": ({"LANG": ".UTF-8"}, None),
    "another category": ({"LC_CTYPE": "zh_CN.UTF-8"}, None),
}


@pytest.mark.parametrize(("variables", "language"), LOCALES.values(), ids=LOCALES)
def test_posix_names_it_in_variables(variables: Mapping[str, str], language: str | None) -> None:
    assert language_of_variables(variables) == language


@pytest.mark.parametrize(
    ("identifier", "language"), [(0x0804, "zh_CN"), (0x0404, "zh_TW"), (0x0409, "en_US"), (0xFFFF, None)]
)
def test_windows_knows_it_by_number(identifier: int, language: str | None) -> None:
    assert windows_language(identifier) == language


if sys.platform != "win32":

    def test_this_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

        assert user_language() == "zh_CN"
else:

    def test_this_system_is_asked() -> None:
        assert user_language()

"""In which language `serve` speaks."""

import io

import pytest

from ota_dev.cli.options.language import Language, spoken_on, why_other
from ota_dev.config import SETTINGS
from ota_dev.translations import LANGUAGES


class Stream(io.TextIOWrapper):
    """A terminal, or a file, with an encoding."""

    def __init__(self, encoding: str = "utf-8", *, is_terminal: bool = True) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.fixture
def chinese_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ota_dev.operating_system.user_language", lambda: "zh_CN")


@pytest.mark.usefixtures("chinese_system")
def test_a_terminal_is_spoken_to_in_the_language_of_the_system() -> None:
    assert spoken_on(Stream(), None).language == "zh"


@pytest.mark.usefixtures("chinese_system")
def test_what_is_no_terminal_gets_english_on_every_machine() -> None:
    assert spoken_on(Stream(is_terminal=False), None).language == "en"


@pytest.mark.usefixtures("chinese_system")
@pytest.mark.parametrize("wanted", Language)
@pytest.mark.parametrize("is_terminal", [True, False], ids=["terminal", "file"])
def test_the_language_that_is_asked_for_goes_before_that_of_the_system(wanted: Language, *, is_terminal: bool) -> None:
    stream = Stream(is_terminal=is_terminal)

    texts = spoken_on(stream, wanted)

    assert texts.language == wanted
    assert list(why_other(stream, wanted, texts)) == []


@pytest.mark.parametrize("system", [None, "C", "POSIX", "fr_FR", "\udcff"])
def test_a_system_in_a_language_that_there_is_not_gets_english(
    system: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ota_dev.operating_system.user_language", lambda: system)

    assert spoken_on(Stream(), None).language == "en"


@pytest.mark.parametrize(
    ("encoding", "language"),
    [("utf-8", "zh"), ("cp936", "zh"), ("gb18030", "zh"), ("cp1252", "en"), ("ascii", "en"), ("cp932", "en")],
)
def test_chinese_is_spoken_only_where_it_can_be_shown(encoding: str, language: str) -> None:
    assert spoken_on(Stream(encoding), Language.ZH).language == language


def test_who_asks_for_what_cannot_be_shown_is_told_why_it_is_not() -> None:
    stream = Stream("cp1252")

    (sentence,) = why_other(stream, Language.ZH, spoken_on(stream, Language.ZH))

    assert sentence.startswith("--language zh: ")
    assert "cp1252" in sentence


@pytest.mark.usefixtures("chinese_system")
def test_who_asks_for_nothing_is_told_nothing() -> None:
    stream = Stream("ascii")

    assert list(why_other(stream, None, spoken_on(stream, None))) == []


def test_every_catalogue_can_be_chosen() -> None:
    (setting,) = (setting for setting in SETTINGS if setting.key == "language")

    assert tuple(Language) == LANGUAGES == setting.choices

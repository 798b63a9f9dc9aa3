"""The catalogues: complete, alike, and really translated."""

import json
import re
from importlib.resources import files

import pytest

from ota_dev.translations import LANGUAGES, MissingTranslationError, Translations

PLACES = re.compile(r"\{[^}]*\}")
CHINESE = re.compile("[\u4e00-\u9fff]")

# Texts that are the same in every language: names, code and signs.
CLIENTS = ("sparkle", "winsparkle", "netsparkle", "electron-updater", "tauri", "velopack")
NAMES = frozenset({"dashboard.languages.en", *(f"client_setup.{client}.title" for client in CLIENTS)})

ENGLISH = Translations.of("en").texts
# What scenarios and faults do is said in English where they are made; `test_conditions` looks at the others.
SAID_ELSEWHERE = "conditions."
OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_catalogue_has_the_same_texts(language: str) -> None:
    texts = Translations.of(language).texts

    assert {key for key in texts if not key.startswith(SAID_ELSEWHERE)} == set(ENGLISH)


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_places_for_the_same_values_in_every_language(language: str) -> None:
    texts = Translations.of(language).texts

    assert {key: sorted(set(PLACES.findall(text))) for key, text in texts.items() if key in ENGLISH} == {
        key: sorted(set(PLACES.findall(text))) for key, text in ENGLISH.items()
    }


def test_nothing_in_chinese_is_left_in_english() -> None:
    texts = Translations.of("zh").texts

    assert [key for key, text in texts.items() if key not in NAMES and not CHINESE.search(text)] == []


def test_every_name_that_is_not_translated_is_a_text() -> None:
    assert set(ENGLISH) >= NAMES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_braces_that_are_no_place(language: str) -> None:
    texts = Translations.of(language).texts

    assert [key for key, text in texts.items() if not text.strip() or re.search("[{}]", _without_places(text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice_in_a_catalogue(language: str) -> None:
    content = (files("ota_dev.translations") / f"{language}.json").read_text(encoding="utf-8")
    twice: list[str] = []

    json.loads(content, object_pairs_hook=lambda pairs: twice.extend(_repeated([key for key, _ in pairs])))

    assert twice == []


def test_values_go_into_their_places() -> None:
    text = Translations.of("en").text("banner.what", version="1.2 {version} {0}")

    assert text.startswith("ota-dev 1.2 {version} {0}, a mock update server")


def test_a_text_that_is_missing_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingTranslationError, match=r"'banner\.nothing' in zh"):
        Translations.of("zh").text("banner.nothing")


def test_a_value_that_is_missing_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingTranslationError, match=r"banner\.what.*needs a value for 'version'"):
        Translations.of("en").text("banner.what")


def test_a_language_that_there_is_not_is_an_error() -> None:
    with pytest.raises(MissingTranslationError, match="no catalogue for 'fr'"):
        Translations.of("fr")


def test_an_area_is_all_texts_below_its_name() -> None:
    texts = Translations.of("zh")

    area = texts.area("client_setup")

    assert area["sparkle.title"] == texts.text("client_setup.sparkle.title")
    assert len(area) == len([key for key in texts.texts if key.startswith("client_setup.")])


def _without_places(text: str) -> str:
    return re.sub(r"\{[a-z][a-z_0-9]*\}", "", text)


def _repeated(keys: list[str]) -> list[str]:
    return [key for key in set(keys) if keys.count(key) > 1]

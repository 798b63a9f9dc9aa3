"""Which language somebody gets."""

import pytest

from ota_dev.translations import preferred

HEADERS = {
    "zh": "zh",
    "zh-CN,zh;q=0.9,en;q=0.8": "zh",
    "zh-Hans": "zh",
    "zh-TW": "zh",
    "en-GB,zh;q=0.5": "en",
    "zh;q=0.4,en;q=0.5": "en",
    "fr,de;q=0.9,zh;q=0.1": "zh",
    "zh;q=0,en": "en",
    "fr": "en",
    "*": "en",
    "": "en",
    ";;;,q=,=": "en",
    "fr," * 1_000_000 + "zh": "en",
}


@pytest.mark.parametrize(("header", "language"), HEADERS.items(), ids=[header[:30] for header in HEADERS])
def test_the_most_wanted_language_that_there_is_is_chosen(header: str, language: str) -> None:
    assert preferred(header) == language


def test_without_a_header_it_is_english() -> None:
    assert preferred(None) == "en"


def test_only_the_languages_on_offer_are_chosen_among() -> None:
    assert preferred("zh,fr;q=0.5", among=("en", "fr")) == "fr"

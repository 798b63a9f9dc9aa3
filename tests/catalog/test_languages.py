"""Languages by their tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.languages import MOST_PREFERRED, language_tag, negotiate, preferred_languages

TAGS = {
    "de": "de",
    "DE": "de",
    "zh-cn": "zh-CN",
    "zh_CN": "zh-CN",
    "zh-hans-cn": "zh-Hans-CN",
    "es-419": "es-419",
    "sl-rozaj-biske": "sl-rozaj-biske",
    "de-1996": "de-1996",
    "gsw": "gsw",
    "": None,
    "d": None,
    "draft": None,
    "1.3.0": None,
    "de-": None,
    "de--at": None,
    "en us": None,
    "日本語": None,
}


@pytest.mark.parametrize(("text", "tag"), TAGS.items())
def test_a_tag_is_given_in_its_usual_spelling(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


@given(st.text())
def test_a_tag_is_its_own_usual_spelling(text: str) -> None:
    tag = language_tag(text)

    assert tag is None or language_tag(tag) == tag


HEADERS = {
    "one language": ("de", ("de",)),
    "by quality": ("en;q=0.5, de-AT, fr;q=0.9", ("de-AT", "fr", "en")),
    "as they stand, where the quality is the same": ("nb, nn, no", ("nb", "nn", "no")),
    "refused": ("de, en;q=0", ("de",)),
    "any": ("*", ()),
    "blanks around everything": (" de ; q=0.8 ,\ten ", ("en", "de")),
    "twice": ("de, en, DE;q=0.1", ("de", "en")),
    "a quality that is none": ("de;q=2, en;q=0.5", ("en",)),
    "no language": ("klingon, x", ()),
    "nothing": ("", ()),
}


@pytest.mark.parametrize(("header", "tags"), HEADERS.values(), ids=HEADERS)
def test_a_header_names_the_languages_most_wanted_first(header: str, tags: tuple[str, ...]) -> None:
    assert preferred_languages(header) == tags


def test_only_so_many_languages_of_a_header_count() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    header = ",".join(f"{first}{second}" for first in letters for second in letters)

    assert len(preferred_languages(header)) == MOST_PREFERRED


@given(st.text(st.sampled_from("deENzh-*;q=0.159, "), max_size=3000))
def test_any_header_gives_tags(header: str) -> None:
    assert all(language_tag(tag) == tag for tag in preferred_languages(header))


CHOICES = {
    "exactly": (["de"], ["de", "en"], "de"),
    "in any spelling": (["ZH_cn"], ["zh-CN"], "zh-CN"),
    "a region falls back to its language": (["de-AT"], ["de", "en"], "de"),
    "a script falls back to its language": (["sr-Latn-RS"], ["sr-Latn", "sr"], "sr-Latn"),
    "another region is better than nothing": (["pt"], ["pt-BR"], "pt-BR"),
    "another region is better than the next language": (["pt-PT", "en"], ["en", "pt-BR"], "pt-BR"),
    "the first wanted counts": (["fr", "de"], ["de", "fr"], "fr"),
    "the second, where the first is not there": (["fr", "de"], ["de"], "de"),
    "simplified Chinese is not traditional": (["zh-TW"], ["zh-CN"], None),
    "nor the other way round": (["zh"], ["zh-Hant"], None),
    "a region implies a script": (["zh-HK"], ["zh-CN", "zh-Hant"], "zh-Hant"),
    "nothing wanted": ([], ["de"], None),
    "nothing on offer": (["de"], [], None),
    "what is no tag is passed over": (["../..", "de"], ["de"], "de"),
}


@pytest.mark.parametrize(("wanted", "on_offer", "chosen"), CHOICES.values(), ids=CHOICES)
def test_the_language_that_suits_best_is_chosen(wanted: list[str], on_offer: list[str], chosen: str | None) -> None:
    assert negotiate(wanted, on_offer) == chosen

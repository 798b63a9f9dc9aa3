import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.feeds.appcast.printable import xml_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))
BIDIRECTIONAL_CONTROLS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("text", "printable"),
    [
        pytest.param("Acme & <Notes> ]]> \"'", "Acme & <Notes> ]]> \"'", id="markup, which the template escapes"),
        pytest.param("Acmé 音符 \U0001f4dd", "Acmé 音符 \U0001f4dd", id="letters of every plane"),
        pytest.param("Acme\x00\x1b[31m\x7f\x85 Notes", "Acme[31m Notes", id="control characters"),
        pytest.param("1.3\t.0\r\n", "1.3.0", id="line breaks and tabs"),
        pytest.param("Acme \u202egmd.exe\u2066\u200f", "Acme gmd.exe", id="bidirectional controls"),
        pytest.param("Acme\ud800 Notes\udfff", "Acme Notes", id="lone surrogates"),
        pytest.param("Acme\ufffe\uffff", "Acme", id="what XML forbids"),
        pytest.param("  1.3.0\u00a0", "1.3.0", id="white space at the ends"),
        pytest.param("\u202e \x00", "", id="nothing but that"),
    ],
)
def test_what_must_not_stand_in_a_feed_is_removed(text: str, printable: str) -> None:
    assert xml_text(text) == printable


@given(ANY_TEXT)
def test_nothing_else_is_removed(text: str) -> None:
    kept = "".join(
        character
        for character in text
        if unicodedata.category(character) not in ("Cc", "Cs")
        and unicodedata.bidirectional(character) not in BIDIRECTIONAL_CONTROLS
        and character not in "\u200e\u200f\u061c\ufffe\uffff"
    )

    assert xml_text(text) == kept.strip()


@given(ANY_TEXT)
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert xml_text(xml_text(text)) == xml_text(text)

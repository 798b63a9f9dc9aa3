import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.safe_text import plain, plain_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Acme Notes 🚀 & <Söhne>", "Acme Notes 🚀 & <Söhne>", id="ordinary text is kept"),
        pytest.param("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم", id="joiners are kept"),
        pytest.param("Acme\r\n\tNotes ", "Acme Notes", id="white space becomes one blank"),
        pytest.param("\x1b[31mAcme\x07\x00", "[31mAcme", id="control characters go"),
        pytest.param("Acme\u202etxt.exe\u2066", "Acmetxt.exe", id="marks of direction go"),
        pytest.param("Acme\ud83d\ufffe\uffff", "Acme", id="what is no character goes"),
        pytest.param("\x00\u200f", "", id="nothing may be left"),
    ],
)
def test_plain_text_holds_only_what_can_be_shown(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_plain_text_is_one_line_that_can_be_encoded_and_stays_the_same(text: str) -> None:
    cleaned = plain(text)

    cleaned.encode()
    assert plain(cleaned) == cleaned
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\r\n\r\n  b\tc", "a\n\n  b\tc", id="lines, blanks and tabs are kept"),
        pytest.param("\n \na\n\n", "a", id="white space at the ends goes"),
        pytest.param("a\x1b[31m\nb\u202ec\u2028\ud800", "a[31m\nbc", id="what cannot be shown goes"),
        pytest.param("👩\u200d💻\n可", "👩\u200d💻\n可", id="ordinary text is kept"),
    ],
)
def test_plain_lines_hold_only_what_can_be_shown(text: str, expected: str) -> None:
    assert plain_lines(text) == expected


@given(st.text())
def test_plain_lines_can_be_encoded_and_stay_the_same(text: str) -> None:
    cleaned = plain_lines(text)

    cleaned.encode()
    assert plain_lines(cleaned) == cleaned
    assert {character for character in cleaned if unicodedata.category(character) == "Cc"} <= {"\n", "\t"}

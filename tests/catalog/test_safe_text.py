import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.safe_text import escape_control, plain, plain_lines


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


def test_escaping_leaves_ordinary_text_as_it_is() -> None:
    assert (
        escape_control("/downloads/Notizen-für-alle.dmg?version=1.0") == "/downloads/Notizen-für-alle.dmg?version=1.0"
    )


def test_terminal_control_sequences_are_escaped() -> None:
    assert escape_control("\x1b[2J\r\n") == r"\x1b[2J\r\n"


def test_what_reverses_a_line_or_breaks_it_is_escaped() -> None:
    assert escape_control("a\u202egmd.exe\u2028b") == r"a\u202egmd.exe\u2028b"


def test_an_escape_cannot_be_forged() -> None:
    assert escape_control(r"\x1b") == r"\\x1b"


def test_a_long_text_is_cut() -> None:
    assert escape_control("a" * 5000, 10) == "aaaaaaaaa…"


@given(st.text(st.characters(), max_size=100))
def test_whatever_comes_can_be_written_on_one_line(text: str) -> None:
    escaped = escape_control(text)

    assert "\n" not in escaped
    assert len(escaped.splitlines()) <= 1
    assert "\x1b" not in escaped
    escaped.encode("utf-8")

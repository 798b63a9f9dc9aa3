from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.safe_text import escape_control


def test_plain_text_stays_as_it_is() -> None:
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

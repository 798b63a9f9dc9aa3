"""Notes in one or several languages."""

import pytest

from ota_dev.catalog.notes import Note, Notes, NotesFormat


def note(language: str | None, text: str = "", kind: NotesFormat = NotesFormat.HTML) -> Note:
    return Note(language=language, format=kind, text=text or f"in {language}")


def test_the_default_language_comes_first_and_the_rest_by_tag() -> None:
    notes = Notes.of([note("zh-CN"), note(None), note("de")])

    assert [each.language for each in notes.notes] == [None, "de", "zh-CN"]
    assert notes.languages == ("de", "zh-CN")


def test_of_several_in_one_language_the_first_counts() -> None:
    assert Notes.of([note("de", "erste"), note("de", "zweite")]).notes == (note("de", "erste"),)


CHOICES = {
    "the language asked for": ([None, "de"], ["de-AT"], "de"),
    "the default, where that is not there": ([None, "de"], ["fr"], None),
    "the default, where nobody asks": ([None, "de"], [], None),
    "English, where there is no default": (["de", "en-GB"], ["fr"], "en-GB"),
    "any, where there is no English": (["fr", "de"], ["it"], "de"),
}


@pytest.mark.parametrize(("there", "wanted", "given"), CHOICES.values(), ids=CHOICES)
def test_everyone_gets_a_language(there: list[str | None], wanted: list[str], given: str | None) -> None:
    notes = Notes.of(map(note, there))

    assert notes.in_language(wanted) == note(given)
    assert notes.only(wanted) == Notes((note(given),))


def test_no_notes_are_no_notes_in_any_language() -> None:
    assert Notes().in_language(["de"]) is None
    assert not Notes().only(["de"])


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (note(None), "Acme-1.3.0.dmg.html"),
        (note("zh-CN"), "Acme-1.3.0.dmg.zh-CN.html"),
        (note("de", kind=NotesFormat.PLAIN_TEXT), "Acme-1.3.0.dmg.de.txt"),
    ],
)
def test_a_page_of_notes_is_named_after_installer_language_and_format(shown: Note, name: str) -> None:
    assert shown.page_name("Acme-1.3.0.dmg") == name

"""What an item may have several of."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.policy import OwnElement, Policy
from ota_dev.feeds.appcast.item_parts import AppcastElement, AppcastNote, appcast_elements, appcast_notes
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]

EMBEDDED = Links("https://example.com/downloads/")
LINKED = Links("https://example.com/downloads/", notes="https://example.com/notes/")
NOTES = Notes.of(
    [
        Note(language=None, format=NotesFormat.HTML, text="<p>Faster</p>"),
        Note(language="de", format=NotesFormat.PLAIN_TEXT, text="Schneller\r\nund\tbesser\x00 \n"),
    ]
)


@pytest.mark.parametrize(
    ("name", "languages"),
    [("a.dmg", ["", "de"]), ("a.exe", [""]), ("a.AppImage", [""])],
    ids=["macOS", "Windows", "Linux"],
)
def test_only_an_item_for_macos_has_notes_in_several_languages(
    name: str, languages: list[str], artifact: Builder
) -> None:
    assert [note.language for note in appcast_notes(artifact(name, notes=NOTES), EMBEDDED)] == languages


def test_embedded_notes_keep_their_lines_and_nothing_that_xml_forbids(artifact: Builder) -> None:
    assert appcast_notes(artifact(notes=NOTES), EMBEDDED) == (
        AppcastNote(language="", format="html", text="<p>Faster</p>", url="", size=0, ed25519_signature=""),
        AppcastNote(
            language="de",
            format="plain-text",
            text="Schneller\nund\tbesser",
            url="",
            size=0,
            ed25519_signature="",
        ),
    )


def test_linked_notes_are_a_percent_encoded_url_and_the_size_and_signature_of_what_is_there(artifact: Builder) -> None:
    default, german = NOTES.notes
    signed = Notes((default, replace(german, ed25519_signature="signature")))

    shown = appcast_notes(artifact("old/Acme 1.dmg", notes=signed), LINKED)

    assert [note.url for note in shown] == [
        "https://example.com/notes/old/Acme%201.dmg.html",
        "https://example.com/notes/old/Acme%201.dmg.de.txt",
    ]
    assert [note.text for note in shown] == ["", ""]
    assert [note.size for note in shown] == [len(page_of(note).content) for note in signed.notes]
    assert [note.ed25519_signature for note in shown] == ["", "signature"]


def test_own_elements_are_shown_in_their_order() -> None:
    policy = Policy(
        own_elements=tuple(
            OwnElement(prefix="acme", name=name, namespace="https://example.com/ns", text=f" {name}\x00")
            for name in ("track", "build")
        )
    )

    assert appcast_elements(policy) == tuple(
        AppcastElement(prefix="acme", name=name, namespace="https://example.com/ns", text=name)
        for name in ("track", "build")
    )

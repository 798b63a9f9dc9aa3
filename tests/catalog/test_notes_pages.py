"""Notes as pages of their own."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.notes_pages import page_of, pages_of

CHINESE = "\u66f4\u5feb"


def note(text: str, language: str | None = None, written: NotesFormat = NotesFormat.HTML) -> Note:
    return Note(language=language, format=written, text=text)


def test_a_piece_of_html_becomes_a_page_that_says_its_charset_and_language() -> None:
    page = page_of(note(f"<p>{CHINESE} {{}}</p>\n", "zh-CN"))

    assert page.media_type == "text/html; charset=utf-8"
    text = page.content.decode()
    assert text.startswith('<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n')
    assert f"<body>\n<p>{CHINESE} {{}}</p>\n</body>" in text


def test_a_page_in_the_default_language_names_none() -> None:
    assert b"<html>\n" in page_of(note("<p>Faster</p>")).content


@pytest.mark.parametrize(
    "document", ["<!DOCTYPE html><title>1.3</title>", "\n<HTML><p>1.3", "<!-- ours --><body class=x>1.3</body>"]
)
def test_a_whole_document_is_published_as_it_is(document: str) -> None:
    assert page_of(note(document)).content == document.encode()


def test_what_only_begins_like_a_document_is_none() -> None:
    assert page_of(note("<bodyguard>")).content.startswith(b"<!doctype html>")


def test_a_plain_text_stays_one() -> None:
    page = page_of(note(f"<b> {CHINESE}\n", written=NotesFormat.PLAIN_TEXT))

    assert (page.media_type, page.content) == ("text/plain; charset=utf-8", f"<b> {CHINESE}\n".encode())


def test_every_language_of_every_installer_has_a_page(artifact: Callable[..., Artifact]) -> None:
    german, default = note("<p>Schneller</p>", "de"), note("Faster", written=NotesFormat.PLAIN_TEXT)
    artifacts = [
        replace(artifact("Acme-1.3.dmg"), notes=Notes.of([german, default])),
        replace(artifact("old/Acme-1.2.exe"), notes=Notes.of([german])),
        artifact("Acme-1.1.dmg"),
    ]

    assert dict(pages_of(artifacts)) == {
        "Acme-1.3.dmg.txt": default,
        "Acme-1.3.dmg.de.html": german,
        "old/Acme-1.2.exe.de.html": german,
    }

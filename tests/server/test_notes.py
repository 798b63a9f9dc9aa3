"""Release notes at addresses of their own."""

import asyncio
import re
from collections.abc import Callable

import pytest

from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.server.application import Application
from ota_dev.server.messages import Request, Response

Ask = Callable[..., Response]

DEFAULT = Note(language=None, format=NotesFormat.HTML, text="<script>alert(1)</script>")
GERMAN = Note(language="de", format=NotesFormat.PLAIN_TEXT, text="Schöner")
NOTES = Notes.of([DEFAULT, GERMAN])


@pytest.fixture
def ask_for(
    put: Callable[..., PublishedFile],
    publish: Callable[..., Publication],
    request_for: Callable[..., Request],
    live: LivePublication,
    application: Callable[..., Application],
) -> Callable[..., Ask]:
    """Make what asks an application that links to notes: `ask_for(base_url=...)("/appcast.xml")`."""
    put("Acme 1.3.dmg", notes=NOTES)
    put("sub/Mail.exe", notes=NOTES, app="mail", platform=Platform.WINDOWS)
    live.offer(publish())

    def make(base_url: str | None = None) -> Ask:
        made = application(feeds={"appcast": AppcastFeed()}, base_url=base_url, links_notes=True)
        return lambda *request, **headers: asyncio.run(made.answer(request_for(*request, **headers)))

    return make


def links_in(response: Response) -> list[str]:
    assert isinstance(response.body, bytes)
    return re.findall(r"<sparkle:releaseNotesLink[^>]*>([^<]*)<", response.body.decode())


@pytest.mark.parametrize(
    ("feed", "pages"),
    [
        ("/apps/notes/appcast.xml", {"/notes/Acme%201.3.dmg.html": DEFAULT, "/notes/Acme%201.3.dmg.de.txt": GERMAN}),
        ("/apps/notes/appcast.de.xml", {"/notes/Acme%201.3.dmg.de.txt": GERMAN}),
        ("/apps/mail/appcast.xml", {"/notes/sub/Mail.exe.html": DEFAULT}),
        ("/apps/mail/appcast.de-AT.xml", {"/notes/sub/Mail.exe.de.txt": GERMAN}),
    ],
)
def test_every_link_in_a_feed_leads_to_the_notes_of_its_app_and_language(
    ask_for: Callable[..., Ask], feed: str, pages: dict[str, Note]
) -> None:
    ask = ask_for()

    links = links_in(ask(feed))

    assert links == [f"http://127.0.0.1:8080{path}" for path in pages]
    for path, note in pages.items():
        response = ask(path)
        assert (response.status, response.body) == (200, page_of(note).content)
        assert response.all_headers["Content-Type"] == page_of(note).media_type


def test_links_to_notes_begin_with_the_base_url_that_was_set(ask_for: Callable[..., Ask]) -> None:
    links = links_in(ask_for("https://updates.acme.example/beta")("/apps/mail/appcast.xml"))

    assert links == ["https://updates.acme.example/beta/notes/sub/Mail.exe.html"]


def test_notes_are_shown_in_a_sandbox(ask_for: Callable[..., Ask]) -> None:
    headers = ask_for()("/notes/Acme%201.3.dmg.html").all_headers

    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_who_has_the_notes_is_told_so(ask_for: Callable[..., Ask]) -> None:
    ask = ask_for()
    tag = ask("/notes/sub/Mail.exe.html").all_headers["ETag"]

    assert ask("/notes/sub/Mail.exe.html", If_None_Match=tag).status == 304
    assert ask("/notes/sub/Mail.exe.de.txt", If_None_Match=tag).status == 200


def test_head_has_the_headers_of_get_and_no_body(ask_for: Callable[..., Ask]) -> None:
    ask = ask_for()
    get, head = ask("/notes/sub/Mail.exe.html"), ask("/notes/sub/Mail.exe.html", "HEAD")

    assert (head.status, head.body, head.all_headers) == (200, b"", get.all_headers)


@pytest.mark.parametrize(
    "target", ["/notes/", "/notes/Acme%201.3.dmg", "/notes/Acme%201.3.dmg.fr.html", "/notes/../Acme%201.3.dmg.html"]
)
def test_what_is_no_page_of_notes_is_not_found(ask_for: Callable[..., Ask], target: str) -> None:
    response = ask_for()(target)

    assert response.status == 404
    assert response.reason.startswith("There are no notes")

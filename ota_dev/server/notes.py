"""Release notes as answers, for feeds that link to them. Pure.

What is on a page may be any HTML, so it is answered with the sandbox that every answer of clients' addresses has.
"""

from ota_dev.catalog.notes import Note
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.resources import Resource
from ota_dev.journal import Subject
from ota_dev.server.conditions import etag_of
from ota_dev.server.contents import answer_content
from ota_dev.server.messages import Request, Response

__all__ = ["answer_notes"]


def answer_notes(request: Request, name: str, note: Note) -> Response:
    """Answer a GET or HEAD for the page of *note*, which is called *name*."""
    page = page_of(note)
    subject = Subject(resource=Resource.NOTES, name=name)
    return answer_content(
        request, page.content, etag=etag_of(page.content), media_type=page.media_type, subject=subject
    )

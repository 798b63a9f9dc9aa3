"""Release notes as answers, for feeds that link to them. Pure.

What is on a page may be any HTML, so it is answered with the sandbox that every answer of clients' addresses has.
"""

from hashlib import sha256

from ota_dev.catalog.notes import Note
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.resources import Resource
from ota_dev.journal import Subject
from ota_dev.server.conditions import Validators
from ota_dev.server.messages import Request, Response

__all__ = ["answer_notes"]


def answer_notes(request: Request, name: str, note: Note) -> Response:
    """Answer a GET or HEAD for the page of *note*, which is called *name*."""
    page = page_of(note)
    validators = Validators(f'"{sha256(page.content).hexdigest()[:32]}"')
    subject = Subject(resource=Resource.NOTES, name=name)
    if validators.client_is_current(request):
        return Response(status=304, headers=validators.headers, subject=subject)
    headers = {"Content-Type": page.media_type, **validators.headers}
    return Response(status=200, headers=headers, body=page.content, subject=subject)

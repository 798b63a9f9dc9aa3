"""Whatever is in memory as an answer: its bytes, or "you have it already". Pure."""

from ota_dev.journal import Subject
from ota_dev.server.conditions import Validators
from ota_dev.server.messages import Request, Response

__all__ = ["answer_content"]


def answer_content(
    request: Request, content: bytes, *, etag: str, media_type: str, subject: Subject, offered: str = ""
) -> Response:
    """Answer a GET or HEAD with *content*, which *etag* tells from every other; the rest is for the journal."""
    validators = Validators(etag)
    if validators.client_is_current(request):
        return Response(status=304, headers=validators.headers, offered=offered, subject=subject)
    headers = {**validators.headers, "Content-Type": media_type}
    return Response(status=200, headers=headers, body=content, offered=offered, subject=subject)

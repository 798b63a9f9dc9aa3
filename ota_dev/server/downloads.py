"""Installers as answers: whole files, one range, several ranges, or "you have it already".

Opens the published file and reads its state, nothing more; the bytes are read by the adapter that sends them. The
standard calls are blocking, so the application calls this in a thread.
"""

import errno
import os
import stat
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from typing import BinaryIO
from urllib.parse import quote

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.resources import Resource
from ota_dev.journal import Subject
from ota_dev.operating_system import open_shared
from ota_dev.publishing import PublishedFile
from ota_dev.server.conditions import Validators, etag_of
from ota_dev.server.messages import FileBody, Request, Response, Span
from ota_dev.server.ranges import parse_ranges

__all__ = ["answer_download"]

_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


def answer_download(request: Request, name: str, published: PublishedFile) -> Response:
    """Answer a GET or HEAD for the installer on offer as *name*.

    A file that is not the one that was published is in the middle of a change: the answer is 503 until the change is
    published. There is never a `Content-Encoding`: clients would unpack a `.tar.gz` before they verify it.
    """
    try:
        file = open_shared(published.path)
    except OSError as error:
        if error.errno in _GONE:
            return Response.plain(404, f"{name} is no longer in the folder.")
        return _try_again(f"{name} cannot be read at the moment: {error.strerror}.")
    with ExitStack() as until_answered:
        until_answered.enter_context(file)
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or not published.identity.has_same_bytes_as(FileIdentity.of(status)):
            return _try_again(f"{name} is being replaced; it is on offer again as soon as it has fully landed.")
        response = _answer_from(request, name, published, file)
        if isinstance(response.body, FileBody):
            until_answered.pop_all()  # The body holds the file from here on.
        return response


def _try_again(sentence: str) -> Response:
    return Response.plain(503, sentence, {"Retry-After": "1"})


def _answer_from(request: Request, name: str, published: PublishedFile, file: BinaryIO) -> Response:
    identity = published.identity
    validators = Validators(_etag(identity), identity.modified)
    headers = {
        **validators.headers,
        "Accept-Ranges": "bytes",
        # A build is often replaced under the same name, so a client must ask whether its copy is still the one.
        "Cache-Control": "no-cache",
        # WinSparkle shows notes in a browser, which would save them instead.
        **({} if published.media_type.startswith("text/") else {"Content-Disposition": _content_disposition(name)}),
    }
    if validators.precondition_fails(request):
        return Response.plain(412, f"{name} is not in the state that the request asks for.", validators.headers)
    subject = Subject(resource=Resource.DOWNLOAD, name=name, total=identity.size)
    if validators.client_is_current(request):
        return Response(status=304, headers=headers, subject=subject)
    spans = _asked_spans(request, validators, identity.size)
    if spans == ():
        unsatisfied = {"Content-Range": f"bytes */{identity.size}", "Accept-Ranges": "bytes"}
        sentence = f"{name} has {identity.size} bytes, and none of those asked for."
        return replace(Response.plain(416, sentence, unsatisfied), subject=subject)
    content, pieces = _plan(spans, published, validators.etag)
    return Response(
        status=200 if spans is None else 206,
        headers={**headers, **content},
        body=FileBody(file=file, identity=identity, pieces=pieces),
        subject=subject if spans is None else replace(subject, first=spans[0].first if len(spans) == 1 else None),
    )


def _asked_spans(request: Request, validators: Validators, size: int) -> tuple[Span, ...] | None:
    asked = request.headers.get("range")
    # RFC 9110 section 14.2 defines ranges for GET alone.
    if asked is None or request.method != "GET" or not validators.range_applies(request):
        return None
    return parse_ranges(asked, size)


def _plan(
    spans: tuple[Span, ...] | None, published: PublishedFile, etag: str
) -> tuple[dict[str, str], tuple[bytes | Span, ...]]:
    """Give the headers that describe the content, and its pieces."""
    size, media_type = published.identity.size, published.media_type
    if spans is None:
        return {"Content-Type": media_type}, (Span(0, size),)
    if len(spans) == 1:
        return {"Content-Type": media_type, "Content-Range": _content_range(spans[0], size)}, spans
    boundary = sha256(etag.encode()).hexdigest()[:32]
    pieces = _multipart(spans, size, media_type, boundary)
    return {"Content-Type": f"multipart/byteranges; boundary={boundary}"}, pieces


def _multipart(spans: tuple[Span, ...], size: int, media_type: str, boundary: str) -> tuple[bytes | Span, ...]:
    """Frame the parts; no line break comes before the first delimiter, as electron-updater expects."""
    pieces: list[bytes | Span] = []
    for number, span in enumerate(spans):
        line_break = "\r\n" if number else ""
        content_range = _content_range(span, size)
        head = f"{line_break}--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: {content_range}\r\n\r\n"
        pieces += [head.encode("ascii"), span]
    return (*pieces, f"\r\n--{boundary}--\r\n".encode("ascii"))


def _content_range(span: Span, size: int) -> str:
    return f"bytes {span.first}-{span.first + span.length - 1}/{size}"


def _etag(identity: FileIdentity) -> str:
    # With the time of change: content that was rewritten under its old date must never continue an old download.
    state = f"{identity.size} {identity.modified_ns} {identity.changed_ns} {identity.inode}"
    return etag_of(state.encode())


def _content_disposition(name: str) -> str:
    """Name the file in both forms (RFC 6266): WinSparkle reads only `filename`, which must be ASCII."""
    base = name.rpartition("/")[2]
    plain = "".join(character if " " <= character <= "~" and character not in '"\\' else "_" for character in base)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(base, safe='', errors='replace')}"

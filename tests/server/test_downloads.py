import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.journal import Subject
from ota_dev.publishing import PublishedFile
from ota_dev.server.downloads import answer_download
from ota_dev.server.messages import Request, Response

Put = Callable[..., PublishedFile]
MakeRequest = Callable[..., Request]
ContentOf = Callable[[Response], bytes]

NAME = "Acme-Notes-1.3.0.dmg"
CONTENT = bytes(range(256)) * 4


@pytest.fixture
def download(put: Put, request_for: MakeRequest) -> Callable[..., Response]:
    """Ask for the one installer: `download(Range="bytes=0-1")`."""
    published = put(NAME, CONTENT)

    def answer(method: str = "GET", **headers: str) -> Response:
        return answer_download(request_for(f"/downloads/{NAME}", method, **headers), NAME, published)

    return answer


Download = Callable[..., Response]


def test_the_whole_file_is_answered_with_what_resuming_needs(download: Download, content_of: ContentOf) -> None:
    response = download()
    headers = response.all_headers

    assert response.status == 200
    assert headers["Content-Length"] == str(len(CONTENT))
    assert headers["Content-Type"] == "application/x-apple-diskimage"
    assert headers["Accept-Ranges"] == "bytes"
    assert re.fullmatch(r'"[0-9a-f]{32}"', headers["ETag"])
    assert headers["Last-Modified"].endswith(" GMT")
    assert "Content-Encoding" not in headers
    assert content_of(response) == CONTENT


def test_a_range_is_answered_with_its_place_in_the_file(download: Download, content_of: ContentOf) -> None:
    response = download(Range="bytes=100-199")

    assert response.status == 206
    assert response.all_headers["Content-Range"] == f"bytes 100-199/{len(CONTENT)}"
    assert response.all_headers["Content-Length"] == "100"
    assert content_of(response) == CONTENT[100:200]


def test_several_ranges_come_in_the_order_asked_each_with_its_place(download: Download, content_of: ContentOf) -> None:
    response = download(Range="bytes=500-509, 0-4, -3")
    headers = response.all_headers

    content = content_of(response)
    boundary = headers["Content-Type"].removeprefix("multipart/byteranges; boundary=").encode()
    parts = content.split(b"--" + boundary)
    assert response.status == 206
    assert headers["Content-Length"] == str(len(content))
    assert "Content-Range" not in headers
    assert parts[0] == b""
    assert parts[-1] == b"--\r\n"
    assert [part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in parts[1:-1]] == [
        CONTENT[500:510],
        CONTENT[:5],
        CONTENT[-3:],
    ]
    assert b"Content-Range: bytes 500-509/1024" in parts[1]
    assert b"Content-Type: application/x-apple-diskimage" in parts[1]


def test_of_several_ranges_one_that_is_left_needs_no_parts(download: Download, content_of: ContentOf) -> None:
    response = download(Range="bytes=0-4,5000-")

    assert response.all_headers["Content-Range"] == f"bytes 0-4/{len(CONTENT)}"
    assert content_of(response) == CONTENT[:5]


def test_ranges_beyond_the_end_are_refused_with_the_size(download: Download) -> None:
    response = download(Range="bytes=1024-")

    assert response.status == 416
    assert response.all_headers["Content-Range"] == "bytes */1024"


def test_a_malformed_range_is_ignored(download: Download, content_of: ContentOf) -> None:
    response = download(Range="bytes=nonsense")

    assert response.status == 200
    assert content_of(response) == CONTENT


def test_a_range_does_not_apply_to_head(download: Download) -> None:
    response = download("HEAD", Range="bytes=0-4")
    response.close()

    assert response.status == 200
    assert response.all_headers["Content-Length"] == "1024"


def test_a_resumed_download_of_another_state_starts_from_the_beginning(
    download: Download, content_of: ContentOf
) -> None:
    response = download(Range="bytes=100-", If_Range='"another state"')

    assert response.status == 200
    assert content_of(response) == CONTENT


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_a_resumed_download_of_this_state_goes_on(download: Download, content_of: ContentOf, validator: str) -> None:
    state = download("HEAD")
    state.close()

    response = download(Range="bytes=100-", If_Range=state.all_headers[validator])

    assert response.status == 206
    assert content_of(response) == CONTENT[100:]


def test_a_weak_tag_never_resumes(download: Download, content_of: ContentOf) -> None:
    state = download("HEAD")
    state.close()

    response = download(Range="bytes=100-", If_Range="W/" + state.all_headers["ETag"])

    assert response.status == 200
    assert content_of(response) == CONTENT


def test_a_client_that_has_the_file_gets_304_and_no_length(download: Download) -> None:
    state = download("HEAD")
    state.close()

    response = download(If_None_Match=state.all_headers["ETag"])

    assert response.status == 304
    assert response.body == b""
    assert "Content-Length" not in response.all_headers
    assert response.all_headers["ETag"] == state.all_headers["ETag"]


def test_a_failed_precondition_is_412(download: Download) -> None:
    assert download(If_Match='"another state"').status == 412


def test_the_etag_changes_with_the_file_even_when_size_and_date_do_not(put: Put, request_for: MakeRequest) -> None:
    def etag(published: PublishedFile) -> str:
        response = answer_download(request_for("/"), NAME, published)
        response.close()
        return response.all_headers["ETag"]

    before = put(NAME, b"old build")
    old = etag(before)
    before.path.unlink()
    after = put(NAME, b"new build")
    os.utime(after.path, ns=(before.identity.modified_ns, before.identity.modified_ns))
    after = PublishedFile(
        path=after.path, identity=type(after.identity).of(after.path.stat()), media_type=after.media_type
    )

    assert etag(after) != old


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        (NAME, f"attachment; filename=\"{NAME}\"; filename*=UTF-8''{NAME}"),
        ("Für 1.dmg", "attachment; filename=\"F_r 1.dmg\"; filename*=UTF-8''F%C3%BCr%201.dmg"),
        ('a"\\\r\nb.dmg', "attachment; filename=\"a____b.dmg\"; filename*=UTF-8''a%22%5C%0D%0Ab.dmg"),
        ("nightly/Acme.dmg", "attachment; filename=\"Acme.dmg\"; filename*=UTF-8''Acme.dmg"),
    ],
)
def test_the_file_is_named_in_both_forms(put: Put, request_for: MakeRequest, name: str, disposition: str) -> None:
    response = answer_download(request_for("/"), name, put("Acme.dmg"))
    response.close()

    assert response.all_headers["Content-Disposition"] == disposition


def test_an_archive_is_never_said_to_be_encoded(put: Put, request_for: MakeRequest) -> None:
    response = answer_download(request_for("/"), "Acme.tar.gz", put("Acme.tar.gz"))
    response.close()

    assert response.all_headers["Content-Type"] == "application/octet-stream"
    assert "Content-Encoding" not in response.all_headers


def test_a_file_that_is_gone_is_not_found(download: Download, tmp_path: Path) -> None:
    (tmp_path / NAME).unlink()

    assert download().status == 404


def rewrite(path: Path) -> None:
    path.write_bytes(b"half of the next bu")


def replace_by_equal(path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    path.write_bytes(CONTENT)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replace_by_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "disturb", [rewrite, replace_by_equal, replace_by_folder, *([replace_by_pipe] if hasattr(os, "mkfifo") else [])]
)
def test_a_file_that_changed_and_is_not_published_yet_is_answered_with_try_again(
    download: Download, tmp_path: Path, disturb: Callable[[Path], None]
) -> None:
    disturb(tmp_path / NAME)

    response = download()

    assert response.status == 503
    assert response.all_headers["Retry-After"] == "1"


def test_an_opened_file_is_finished_although_its_name_is_deleted(
    download: Download, content_of: ContentOf, tmp_path: Path
) -> None:
    response = download()
    (tmp_path / NAME).unlink()

    assert content_of(response) == CONTENT


def test_an_empty_file_is_a_whole_answer(put: Put, request_for: MakeRequest, content_of: ContentOf) -> None:
    published = put("Empty.dmg", b"")

    response = answer_download(request_for("/"), "Empty.dmg", published)

    assert (response.status, response.all_headers["Content-Length"], content_of(response)) == (200, "0", b"")
    assert answer_download(request_for("/", Range="bytes=0-"), "Empty.dmg", published).status == 416


@pytest.mark.parametrize(
    ("asked", "first"),
    [(None, 0), ("bytes=100-", 100), ("bytes=0-1,5-6", None), ("bytes=9999-", 0)],
    ids=["the whole", "one range", "several ranges", "no such range"],
)
def test_the_journal_is_told_which_part_of_which_installer_was_answered(
    download: Download, asked: str | None, first: int | None
) -> None:
    response = download(**({"Range": asked} if asked else {}))
    response.close()

    assert response.subject == Subject(resource=Resource.DOWNLOAD, name=NAME, first=first, total=len(CONTENT))

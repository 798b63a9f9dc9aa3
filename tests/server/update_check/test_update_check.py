import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pytest

from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.resources import Resource
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.publishing import Publication, PublishedFile
from ota_dev.server.awaited_digests import DigestsOf
from ota_dev.server.messages import Request, Response
from ota_dev.server.update_check import UpdateCheck

Put = Callable[..., PublishedFile]
Ask = Callable[..., Response]
Publish = Callable[..., Publication]

MAC = "app=ecan&platform=darwin&arch=arm64"
CHECKS = ("/api/check", "/api/check-update")
DOWNLOADS = ("/api/download", "/api/download-latest")


def read(digest: str | None) -> DigestsOf:
    """Give what every file's digest is."""
    future: Future[Mapping[str, str]] = Future()
    future.set_result({"sha256": digest} if digest else {})
    return lambda *_: future


@pytest.fixture
def check(publish: Publish, request_for: Callable[..., Request]) -> Callable[..., Response]:
    """Ask once, of what is on the shelf: `check("/api/check?…", digests_of=…, Accept_Language="de")`."""

    def ask_once(target: str, publication: Publication | None = None, **options: Any) -> Response:
        named = {name: options.pop(name) for name in ("digests_of", "base_url", "patience") if name in options}
        update_check = UpdateCheck(**{"digests_of": read("ab" * 32), **named})
        return asyncio.run(update_check.answer(request_for(target, **options), publication or publish()))

    return ask_once


def value(response: Response) -> dict[str, Any]:
    assert isinstance(response.body, bytes)
    parsed: dict[str, Any] = json.loads(response.body)
    return parsed


@pytest.mark.parametrize("path", CHECKS)
def test_an_update_is_json_that_nobody_stores(path: str, put: Put, ask: Ask) -> None:
    file = put("Acme Notes-1.3.0.dmg", b"the build", version="1.3.0")

    response = ask(f"{path}?{MAC}&version=1.2.0")

    update = value(response)
    assert response.status == 200
    assert response.all_headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.all_headers["Cache-Control"] == "no-store"
    assert (update["update_available"], update["latest_version"], update["file_size"]) == (True, "1.3.0", 9)
    assert update["download_url"] == "http://127.0.0.1:8080/downloads/Acme%20Notes-1.3.0.dmg"
    assert update["sha256"] == sha256(file.path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("version", "is_update"),
    [("1.2.9", True), ("v1.2.9", True), ("1.2", True), ("1.3", False), ("1.3.0", False), ("1.10.0", False)],
)
def test_the_server_compares_versions_so_that_the_client_need_not(
    version: str, is_update: bool, put: Put, check: Callable[..., Response]
) -> None:
    put("Acme.dmg", version="1.3.0")

    update = value(check(f"/api/check?{MAC}&version={version}"))

    assert (update["update_available"], update["latest_version"]) == (is_update, "1.3.0")


@pytest.mark.parametrize("path", DOWNLOADS)
def test_the_newest_installer_is_found_by_redirect(path: str, put: Put, ask: Ask) -> None:
    put("Acme-1.2.0.dmg", version="1.2.0")
    put("Acme-1.3.0.dmg", b"the newest", version="1.3.0")

    response = ask(f"{path}?platform=macos&arch=x86_64")
    installer = ask(response.headers["Location"].removeprefix("http://127.0.0.1:8080"))

    assert (response.status, response.headers["Location"]) == (302, "http://127.0.0.1:8080/downloads/Acme-1.3.0.dmg")
    assert (installer.status, installer.length) == (200, len(b"the newest"))
    installer.close()


@pytest.mark.parametrize("path", [*CHECKS, *DOWNLOADS])
def test_links_use_the_base_url_that_was_set(path: str, put: Put, check: Callable[..., Response]) -> None:
    put("Acme.dmg", version="1.3.0")

    response = check(f"{path}?{MAC}&version=1", base_url="https://updates.acme.example/beta/")

    location = response.headers.get("Location") or value(response)["download_url"]
    assert location == "https://updates.acme.example/beta/downloads/Acme.dmg"


@pytest.mark.parametrize(
    ("target", "status", "word"),
    [
        ("/api/check", 400, "version is missing"),
        (f"/api/check?{MAC}", 400, "version is missing"),
        (f"/api/check?{MAC}&version=soon", 400, "'soon' is no version"),
        ("/api/check?version=1.2.0&arch=arm64", 400, "platform is missing"),
        ("/api/check?version=1.2.0&platform=macos&arch=", 400, "arch is missing"),
        ("/api/check?version=1.2.0&platform=beos&arch=arm64", 400, "'beos' is no operating system"),
        ("/api/download?platform=macos", 400, "arch is missing"),
        ("/api/download?platform=linux&arch=arm64", 404, "nothing on offer for linux on arm64"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence_in_json(
    target: str, status: int, word: str, put: Put, ask: Ask
) -> None:
    put("Acme.dmg")

    response = ask(target)

    assert response.status == status
    assert response.all_headers["Content-Type"] == "application/json; charset=utf-8"
    assert word in value(response)["error"]
    assert response.reason == value(response)["error"]


def test_the_only_app_is_found_by_whatever_name(put: Put, check: Callable[..., Response]) -> None:
    put("Acme.dmg", version="1.3.0", app="acmenotes")

    for app in ("app=ecan&", "app=Acme+Notes&", ""):
        assert value(check(f"/api/check?{app}version=1&platform=mac&arch=arm64"))["latest_version"] == "1.3.0"


@pytest.mark.parametrize(
    ("app", "latest"), [("mail", "2.0"), ("Mail", "2.0"), ("notes", "1.3.0"), ("N%20otes", "1.3.0")]
)
def test_of_several_apps_the_one_that_is_named_is_offered(
    app: str, latest: str, put: Put, check: Callable[..., Response]
) -> None:
    put("Notes.dmg", version="1.3.0", app="notes")
    put("Mail.dmg", version="2.0", app="mail")

    assert value(check(f"/api/check?app={app}&version=1&platform=mac&arch=arm64"))["latest_version"] == latest


@pytest.mark.parametrize("query", ["", "app=ecan&"], ids=["none", "another"])
@pytest.mark.parametrize("path", ["/api/check", "/api/download"])
def test_with_several_apps_one_must_be_named(path: str, query: str, put: Put, check: Callable[..., Response]) -> None:
    put("Notes.dmg", app="notes")
    put("Mail.dmg", app="mail")

    response = check(f"{path}?{query}version=1&platform=mac&arch=arm64")

    assert response.status == 404
    assert value(response)["error"].startswith("There are 2 apps here")
    assert sorted(value(response)["choices"]) == ["mail", "notes"]


def test_with_nothing_on_offer_there_is_no_update(check: Callable[..., Response]) -> None:
    response = check(f"/api/check?{MAC}&version=1.2.0")

    assert (response.status, value(response)["update_available"], value(response)["file_size"]) == (200, False, 0)


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        (f"{MAC}&version=1.2.0", "offered 1.3.0 to 1.2.0"),
        (f"{MAC}&version=1.3.0", "nothing newer than 1.3.0"),
        ("version=1&platform=win32&arch=AMD64", "nothing on offer for windows on x86_64"),
    ],
)
def test_the_journal_hears_what_was_offered_or_why_nothing_was(
    query: str, offered: str, put: Put, check: Callable[..., Response]
) -> None:
    put("Acme.dmg", version="1.3.0")

    response = check(f"/api/check?{query}")

    assert response.offered == offered
    assert response.subject
    assert (response.subject.resource, response.subject.name) == (Resource.FEED, "api/check")
    assert check(f"/api/download?{MAC}").offered == "offered 1.3.0"


@pytest.mark.parametrize(
    ("query", "header", "description"),
    [("", "de", "Schneller"), ("&language=zh-CN", "de", "更快"), ("", "fr", "Faster")],
    ids=["header", "the query goes first", "the default language"],
)
def test_notes_are_in_the_language_of_query_or_header(
    *, query: str, header: str, description: str, put: Put, publish: Publish, check: Callable[..., Response]
) -> None:
    put("Acme.dmg", version="1.3.0")
    texts = {None: "Faster", "de": "Schneller", "zh-CN": "更快"}
    notes = Notes.of(Note(language=tag, format=NotesFormat.HTML, text=text) for tag, text in texts.items())
    publication = publish()
    catalog = publication.catalog.with_each(lambda artifact: replace(artifact, notes=notes))

    response = check(
        f"/api/check?{MAC}&version=1{query}", replace(publication, catalog=catalog), Accept_Language=header
    )

    assert value(response)["description"] == description


def test_a_digest_that_is_known_is_not_read_again(put: Put, publish: Publish, check: Callable[..., Response]) -> None:
    put("Acme.dmg", version="1.3.0")
    known = MappingProxyType({"sha256": "cd" * 32})
    publication = publish()
    catalog = publication.catalog.with_each(lambda artifact: replace(artifact, digests=known))

    update = value(
        check(f"/api/check?{MAC}&version=1", replace(publication, catalog=catalog), digests_of=read("ab" * 32))
    )

    assert update["sha256"] == update["signature"] == "cd" * 32


def test_nobody_waits_for_a_digest_when_there_is_no_update(put: Put, check: Callable[..., Response]) -> None:
    put("Acme.dmg", version="1.3.0")

    response = check(f"/api/check?{MAC}&version=1.3.0", digests_of=lambda *_: Future())

    assert response.status == 200


@pytest.mark.parametrize(
    ("digests_of", "word"),
    [(lambda *_: Future(), "still being computed"), (read(None), "being replaced or cannot be read")],
    ids=["it takes too long", "it cannot be read"],
)
def test_a_digest_that_is_not_there_in_time_is_worth_asking_again(
    digests_of: DigestsOf, word: str, put: Put, check: Callable[..., Response]
) -> None:
    put("Acme.dmg", version="1.3.0")

    response = check(f"/api/check?{MAC}&version=1", digests_of=digests_of, patience=timedelta(milliseconds=20))

    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert word in value(response)["error"]


def test_the_others_still_get_the_digest_when_one_client_goes_away(
    put: Put, publish: Publish, request_for: Callable[..., Request]
) -> None:
    put("Acme.dmg", version="1.3.0")
    publication, digest = publish(), Future[Mapping[str, str]]()
    update_check = UpdateCheck(lambda *_: digest)
    request = request_for(f"/api/check?{MAC}&version=1")

    async def two_clients() -> Response:
        first, second = (asyncio.create_task(update_check.answer(request, publication)) for _ in range(2))
        done, _ = await asyncio.wait([first], timeout=0.05)
        assert not done
        first.cancel()
        await asyncio.wait([first])
        digest.set_result({"sha256": "ab" * 32})
        return await second

    assert value(asyncio.run(two_clients()))["sha256"] == "ab" * 32


@pytest.mark.parametrize("target", [f"/api/check?{MAC}&version=1", f"/api/download?{MAC}", "/api/check"])
def test_head_has_the_headers_of_get(target: str, put: Put, ask: Ask) -> None:
    put("Acme.dmg", version="1.3.0")

    get, head = ask(target), ask(target, "HEAD")

    assert (head.status, head.all_headers, head.body) == (get.status, get.all_headers, b"")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/check/", "/api/checks", "/API/check", "//api/check"])
def test_there_is_nothing_beside_the_addresses(path: str, ask: Ask) -> None:
    assert ask(f"{path}?{MAC}&version=1").status == 404


def test_a_processor_of_which_there_is_nothing_is_no_error(put: Put, check: Callable[..., Response]) -> None:
    put("Acme.tar.gz", version="1.3.0", platform=Platform.LINUX, architecture=Architecture.X86_64)

    update = value(check("/api/check?version=1&platform=linux&arch=aarch64"))

    assert (update["update_available"], update["latest_version"]) == (False, None)


def test_the_index_names_the_addresses(ask: Ask) -> None:
    assert value(ask("/"))["api"] == [f"http://127.0.0.1:8080{path}" for path in (*CHECKS, *DOWNLOADS)]

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.server.application import Application
from ota_dev.server.downloads import answer_download
from ota_dev.server.messages import FileBody, Request, Response

Put = Callable[..., PublishedFile]
Ask = Callable[..., Response]
MakeRequest = Callable[..., Request]


def text(response: Response) -> str:
    assert isinstance(response.body, bytes)
    return response.body.decode()


def test_a_feed_leads_to_the_installer_it_links_to(put: Put, ask: Ask, content_of: Callable[[Response], bytes]) -> None:
    put("Acme Notes-1.3.0.dmg", b"the build")

    feed = text(ask("/appcast.xml"))
    link = next(line.partition(" ")[2] for line in feed.splitlines() if "downloads" in line)
    response = ask(link.removeprefix("http://127.0.0.1:8080"))

    assert response.status == 200
    assert content_of(response) == b"the build"


def test_an_installer_in_a_subfolder_is_found_by_its_whole_name(
    put: Put, ask: Ask, content_of: Callable[[Response], bytes]
) -> None:
    put("nightly/Acme.dmg", b"nightly")

    assert content_of(ask("/downloads/nightly/Acme.dmg")) == b"nightly"
    assert ask("/downloads/Acme.dmg").status == 404


@pytest.mark.parametrize(
    "target", ["/appcast.xml", "/downloads/Acme.dmg", "/health", "/", "/nothing", "/appcast-x.xml"]
)
def test_head_has_the_headers_of_get_and_no_body(put: Put, ask: Ask, target: str) -> None:
    put("Acme.dmg", b"the build")
    get, head = ask(target), ask(target, "HEAD")
    get.close()

    assert head.status == get.status
    assert head.all_headers == get.all_headers
    assert head.body == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "BREW", "get"])
def test_other_methods_are_refused_with_those_allowed(ask: Ask, method: str) -> None:
    response = ask("/appcast.xml", method)

    assert response.status == 405
    assert response.all_headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        *[(f"/downloads/{name}", 404) for name in ("", "..", "../secret", "%2e%2e/secret", "..%2fsecret", "Acme.dmg/")],
        *[
            (f"/downloads/{name}", 404)
            for name in ("..\\secret", "%5csecret", "Acme.dmg%00", "/etc/passwd", "./Acme.dmg")
        ],
        *[(f"/downloads/{name}", 404) for name in ("%252e%252e/secret", "C:\\secret", "acme.dmg", "Acme.dmg::$DATA")],
        *[(f"/downloads/{name}", 400) for name in ("%ff", "%zz", "%", "%c0%ae%c0%ae/secret")],
        *[
            (target, 404)
            for target in ("//downloads/Acme.dmg", "/downloads", "/../secret", "/secret", "/%2e%2e/secret")
        ],
        *[
            (target, 404)
            for target in ("/.", "//", "/downloads//Acme.dmg", "//appcast.xml", "/%00", "/_ota/", "/apps/")
        ],
        *[(target, 400) for target in ("", "*", "secret", "?", "../secret", "\\secret", "http:///secret", "ftp://x/")],
    ],
)
def test_no_address_reaches_beyond_the_publication(put: Put, ask: Ask, target: str, status: int) -> None:
    folder = put("Acme.dmg").path.parent
    for place in (folder, folder.parent):
        (place / "secret").write_text("secret")

    response = ask(target)

    assert response.status == status
    assert response.all_headers["Content-Type"] == "text/plain; charset=utf-8"
    assert len(text(response)) > 20


def test_a_file_that_is_not_published_is_not_found_although_it_is_there(put: Put, ask: Ask) -> None:
    published = put("Acme.dmg")
    (published.path.parent / "secret.txt").write_text("secret")

    assert ask("/downloads/secret.txt").status == 404


def test_the_guard_comes_before_everything(ask: Ask) -> None:
    for target in ("/", "/health", "/appcast.xml", "/downloads/x", "/nothing", "/%zz"):
        assert ask(target, Host="evil.example").status == 403
        assert ask(target, "POST", Host="evil.example").status == 403


def test_health_says_whether_there_is_a_publication(
    application: Callable[..., Application],
    live: LivePublication,
    publish: Callable[..., Publication],
    request_for: MakeRequest,
) -> None:
    app = application()

    starting = asyncio.run(app.answer(request_for("/health")))
    live.offer(publish(revision=7))
    ok = asyncio.run(app.answer(request_for("/health")))

    assert json.loads(text(starting)) == {"status": "starting", "revision": None}
    assert json.loads(text(ok)) == {"status": "ok", "revision": 7}


@pytest.mark.parametrize("target", ["/appcast.xml", "/downloads/Acme.dmg"])
def test_before_the_first_publication_clients_are_told_to_try_again(
    application: Callable[..., Application], live: LivePublication, request_for: MakeRequest, target: str
) -> None:
    response = asyncio.run(application().answer(request_for(target)))

    assert response.status == 503
    assert int(response.all_headers["Retry-After"]) > 0
    assert not live.first.cancelled()


def test_the_feed_waits_for_the_first_publication(
    application: Callable[..., Application],
    live: LivePublication,
    publish: Callable[..., Publication],
    put: Put,
    request_for: MakeRequest,
) -> None:
    put("Acme-1.3.0.dmg", version="1.3.0")

    async def scenario() -> list[Response]:
        app = application(first_wait=timedelta(seconds=30))
        waiting = [asyncio.create_task(app.answer(request_for("/appcast.xml"))) for _ in range(5)]
        impatient = waiting.pop()
        await asyncio.sleep(0)
        impatient.cancel()
        publisher = threading.Thread(target=lambda: live.offer(publish()))
        publisher.start()
        answers = await asyncio.gather(*waiting)
        publisher.join()
        return answers

    answers = asyncio.run(scenario())

    assert [answer.status for answer in answers] == [200] * 4
    assert all("1.3.0" in text(answer) for answer in answers)


def test_a_new_publication_is_on_offer_at_once(
    application: Callable[..., Application],
    live: LivePublication,
    publish: Callable[..., Publication],
    put: Put,
    request_for: MakeRequest,
) -> None:
    async def scenario() -> list[Response]:
        app, answers = application(), []
        for revision, version in enumerate(["1.3.0", "1.4.0"]):
            put(f"Acme-{version}.dmg", version=version)
            live.offer(publish(revision=revision))
            answers.append(await app.answer(request_for("/appcast.xml")))
        return answers

    before, after = asyncio.run(scenario())

    assert before.offered == "offered 1.3.0"
    assert after.offered == "offered 1.4.0"
    assert before.all_headers["ETag"] != after.all_headers["ETag"]


def test_the_index_is_json_for_programs(put: Put, ask: Ask) -> None:
    put("Acme Notes.dmg")

    response = ask("/", Accept="*/*")

    listing = json.loads(text(response))
    assert listing["feeds"] == ["http://127.0.0.1:8080/appcast.xml"]
    assert listing["health"] == "http://127.0.0.1:8080/health"
    assert listing["revision"] == 1
    (download,) = listing["downloads"]
    assert download["url"] == "http://127.0.0.1:8080/downloads/Acme%20Notes.dmg"
    assert download["os"] == "macos"
    assert download["sha256"] is None


def test_with_several_apps_the_index_lists_the_feeds_of_each(put: Put, ask: Ask) -> None:
    put("Notes.dmg", app="notes")
    put("Mail.dmg", app="mail")

    feeds = json.loads(text(ask("/")))["feeds"]

    assert feeds == ["http://127.0.0.1:8080/apps/notes/appcast.xml", "http://127.0.0.1:8080/apps/mail/appcast.xml"]


@pytest.fixture
def offer(live: LivePublication, publish: Callable[..., Publication], put: Put) -> Callable[[], None]:
    """Put `Acme.dmg` on the shelf and offer it."""

    def offer_one() -> None:
        put("Acme.dmg")
        live.offer(publish())

    return offer_one


def test_an_installer_that_is_opened_for_nobody_any_more_is_closed(
    application: Callable[..., Application],
    offer: Callable[[], None],
    request_for: MakeRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer()
    begun, may_open, opened = threading.Event(), threading.Event(), list[Response]()

    def open_late(request: Request, name: str, published: PublishedFile) -> Response:
        begun.set()
        may_open.wait(10)
        opened.append(answer_download(request, name, published))
        return opened[0]

    async def scenario() -> None:
        asking = asyncio.create_task(application().answer(request_for("/downloads/Acme.dmg")))
        await asyncio.to_thread(begun.wait, 10)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        may_open.set()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    monkeypatch.setattr("ota_dev.server.routing.answer_download", open_late)
    asyncio.run(scenario())

    body = opened[0].body
    assert isinstance(body, FileBody)
    assert body.file.closed

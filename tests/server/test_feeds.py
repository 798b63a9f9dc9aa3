import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Feed, FeedName, Question
from ota_dev.publishing import Publication, PublishedFile
from ota_dev.server.feed_making import FeedMaking
from ota_dev.server.feeds import FeedAnswers
from ota_dev.server.messages import Request, Response
from ota_dev.server.narrowing import question_of
from tests.server.conftest import digests_of

Put = Callable[..., PublishedFile]
Publish = Callable[..., Publication]
MakeRequest = Callable[..., Request]

NOTES = Notes.of(Note(language=tag, format=NotesFormat.HTML, text=f"<p>{tag}</p>") for tag in (None, "de", "zh-CN"))


@pytest.fixture
def fetch(publish: Publish, request_for: MakeRequest, feed: Feed) -> Callable[..., Response]:
    """Ask once for a feed of what is on the shelf: `fetch("/appcast.xml", If_None_Match="*")`."""

    def answer(target: str, base_url: str | None = None, **headers: str) -> Response:
        feeds = FeedAnswers(FeedMaking(feeds={"appcast": feed}, digests_of=digests_of, base_url=base_url))
        request = request_for(target, **headers)
        address = feeds.find(request.path)
        assert address is not None
        return asyncio.run(feeds.answer(request, address, publish()))

    return answer


Fetch = Callable[..., Response]


def text(response: Response) -> str:
    assert isinstance(response.body, bytes)
    return response.body.decode()


def test_a_feed_has_its_media_type_and_is_not_stored(put: Put, fetch: Fetch) -> None:
    put("Acme-1.3.0.dmg", version="1.3.0")

    response = fetch("/appcast.xml")

    assert response.status == 200
    assert response.all_headers["Content-Type"] == "application/xml; charset=utf-8"
    assert response.all_headers["Cache-Control"] == "no-store"
    assert "1.3.0 http://127.0.0.1:8080/downloads/Acme-1.3.0.dmg" in text(response)


def test_the_same_feed_is_304_for_who_has_it(put: Put, fetch: Fetch) -> None:
    put("Acme.dmg")
    etag = fetch("/appcast.xml").all_headers["ETag"]

    response = fetch("/appcast.xml", If_None_Match=etag)

    assert (response.status, response.body) == (304, b"")
    assert response.all_headers["ETag"] == etag


def test_links_use_the_base_url_that_was_set(put: Put, fetch: Fetch) -> None:
    put("Acme.dmg")

    response = fetch("/appcast.xml", base_url="https://updates.acme.example/beta/")

    assert "https://updates.acme.example/beta/downloads/Acme.dmg" in text(response)


def test_links_use_the_host_that_the_client_used(put: Put, fetch: Fetch) -> None:
    put("Acme.dmg")

    assert "http://localhost:9/downloads/Acme.dmg" in text(fetch("/appcast.xml", Host="localhost:9"))


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("/appcast.xml", {"a.dmg", "u.dmg", "b.exe", "c.AppImage"}),
        ("/appcast-darwin.xml", {"a.dmg", "u.dmg"}),
        ("/appcast-Windows-AMD64.xml", {"b.exe"}),
        ("/appcast-windows-arm64.xml", set()),
        ("/appcast-macos-x64.xml", {"u.dmg"}),
        ("/appcast-mac-aarch64.xml", {"a.dmg", "u.dmg"}),
        ("/appcast.xml?os=linux", {"c.AppImage"}),
        ("/appcast.xml?os=win64&arch=x86_64&version=1.0", {"b.exe"}),
        ("/appcast-linux.xml?os=windows", {"c.AppImage"}),
        ("/appcast.xml?os=", {"a.dmg", "u.dmg", "b.exe", "c.AppImage"}),
    ],
)
def test_a_feed_is_narrowed_in_any_spelling(put: Put, fetch: Fetch, target: str, names: set[str]) -> None:
    put("a.dmg", architecture=Architecture.ARM64)
    put("u.dmg")
    put("b.exe", platform=Platform.WINDOWS, architecture=Architecture.X86_64)
    put("c.AppImage", platform=Platform.LINUX, architecture=Architecture.UNKNOWN)

    offered = {line.rpartition("/")[2] for line in text(fetch(target)).splitlines()[1:-1]}

    assert offered == names


@pytest.mark.parametrize(
    ("target", "status", "word"),
    [
        ("/appcast-beos.xml", 404, "'beos' is no operating system"),
        ("/appcast-.xml", 404, "use macos"),
        ("/appcast-macos-.xml", 404, "use arm64"),
        ("/appcast-macos-sparc.xml", 404, "'sparc' is no architecture"),
        ("/appcast.draft.xml", 404, "'draft' is no language"),
        ("/channels/b%20c/appcast.xml", 404, "'b c' is no channel"),
        ("/channels//appcast.xml", 404, "'' is no channel"),
        ("/apps/mail/appcast.xml", 404, "There is no app mail here"),
        ("/appcast.xml?app=mail", 404, "There is no app mail here"),
        ("/appcast.xml?os=beos", 400, "'beos' is no operating system"),
        ("/appcast.xml?arch=sparc", 400, "'sparc' is no architecture"),
        ("/appcast.xml?language=klingon", 400, "'klingon' is no language"),
        ("/appcast.xml?channel=a/b", 400, "'a/b' is no channel"),
        ("/appcast.xml?newest=%0A", 400, "is no version, write one such as 1.3.0."),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(
    put: Put, fetch: Fetch, target: str, status: int, word: str
) -> None:
    put("Acme.dmg")

    response = fetch(target)

    assert response.status == status
    assert response.all_headers["Content-Type"] == "text/plain; charset=utf-8"
    assert word in text(response)


def test_with_several_apps_a_feed_without_one_lists_the_urls(put: Put, fetch: Fetch) -> None:
    put("Notes.dmg", app="notes")
    put("Mail.dmg", app="mail")

    response = fetch("/appcast.xml?os=macos")

    assert response.status == 404
    assert response.all_headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "http://127.0.0.1:8080/apps/notes/appcast.xml\n" in text(response)
    assert "http://127.0.0.1:8080/apps/mail/appcast.xml\n" in text(response)


@pytest.mark.parametrize("target", ["/apps/mail/appcast.xml", "/appcast.xml?app=mail", "/appcast.xml?app=M%20ail"])
def test_one_of_several_apps_is_asked_for_by_path_or_query(put: Put, fetch: Fetch, target: str) -> None:
    put("Notes.dmg", app="notes")
    put("Mail.dmg", app="mail")

    response = fetch(target)

    assert response.status == 200
    assert "Mail.dmg" in text(response)
    assert "Notes.dmg" not in text(response)


@pytest.mark.parametrize("target", ["/appcast.xml", "/apps/notes/appcast-macos.xml"])
def test_with_nothing_on_offer_the_feed_is_valid_and_empty(fetch: Fetch, target: str) -> None:
    response = fetch(target)

    assert response.status == 200
    assert text(response) == "<feed app=''>\n</feed>"
    assert response.offered == "nothing on offer"


@pytest.mark.parametrize(
    ("agent", "offered"),
    [
        ("Acme/1.2.0 Sparkle/2.9", "offered 1.3.0 to 1.2.0"),
        ("Acme/1.3.0 Sparkle/2.9", "nothing newer than 1.3.0"),
        ("Acme/1.3.0 WinSparkle/0.9.3 (Win64)", "offered 1.4.0 to 1.3.0"),
        ("curl/8", "offered 1.4.0"),
    ],
)
def test_the_offer_is_the_newest_for_the_clients_own_system(put: Put, fetch: Fetch, agent: str, offered: str) -> None:
    put("a.dmg", version="1.3.0")
    put("b.exe", version="1.4.0", platform=Platform.WINDOWS)

    assert fetch("/appcast.xml", User_Agent=agent).offered == offered


def test_a_narrowed_feed_offers_the_newest_of_its_system(put: Put, fetch: Fetch) -> None:
    put("a.dmg", version="1.3.0")
    put("b.exe", version="1.4.0", platform=Platform.WINDOWS)

    assert fetch("/appcast-macos.xml").offered == "offered 1.3.0"


@pytest.mark.parametrize(
    ("target", "versions"),
    [
        ("/appcast.xml?newest=1.2", {"1.1", "1.2.0"}),
        ("/appcast.xml?newest=1.2.5", {"1.1", "1.2.0"}),
        ("/appcast.xml?newest=0.9", set()),
        ("/appcast.xml?newest=9", {"1.1", "1.2.0", "1.3", "2.0"}),
        ("/appcast.xml?channel=beta&newest=1.2.0", {"1.1", "1.2.0"}),
        ("/appcast.xml?channel=beta", {"1.1", "1.2.0", "1.3", "2.0"}),
        ("/channels/beta/appcast.xml?channel=nightly", {"1.1", "1.2.0", "1.3", "2.0"}),
        ("/channels/nightly/appcast.xml", {"1.1", "1.2.0", "1.3"}),
        ("/apps/notes/dev/channels/beta/appcast-macos.xml", {"1.1", "1.2.0", "1.3", "2.0"}),
    ],
)
def test_a_feed_is_narrowed_to_a_channel_and_a_newest_version(
    put: Put, fetch: Fetch, target: str, versions: set[str]
) -> None:
    for version in ("1.1", "1.2.0", "1.3"):
        put(f"Acme-{version}.dmg", version=version)
    put("Acme-2.0.dmg", version="2.0", policy=Policy(channel="beta"))

    lines = text(fetch(target)).splitlines()[1:-1]

    assert {line.partition(" ")[0] for line in lines} == versions


@pytest.mark.parametrize(
    ("target", "accepted", "language"),
    [
        ("/appcast.de.xml", None, "de"),
        ("/appcast.de.xml?language=zh-CN", "zh-CN", "de"),
        ("/appcast.xml?language=zh_cn", "de", "zh-CN"),
        ("/appcast.xml", "fr, zh-Hans;q=0.5, de;q=0.9", "de"),
        ("/appcast.xml", "de-AT", "de"),
        ("/appcast.xml", "fr", None),
        ("/appcast.fr.xml", None, None),
        ("/appcast.zh-TW.xml", None, None),
        ("/appcast.xml?language=", "de", "de"),
    ],
)
def test_path_query_and_header_choose_the_language_in_this_order(
    request_for: MakeRequest, target: str, accepted: str | None, language: str | None
) -> None:
    headers = {"Accept_Language": accepted} if accepted else {}
    request = request_for(target, **headers)
    address = FeedAddress.read(request.path, {"appcast": AppcastFeed()})
    assert address is not None

    wanted = question_of(request, address).narrowing.languages

    note = NOTES.in_language(wanted or ())
    assert note is not None
    assert note.language == language


@pytest.mark.parametrize("header", [{}, {"Accept_Language": "*"}, {"Accept_Language": "?!"}])
def test_without_any_language_every_one_stays(request_for: MakeRequest, header: dict[str, str]) -> None:
    assert (
        question_of(request_for("/appcast.xml", **header), FeedAddress("appcast", "appcast.xml", FeedName()))
        == Question()
    )


@pytest.mark.parametrize(
    ("target", "vary"),
    [("/appcast.xml", "Accept-Language"), ("/appcast.de.xml", None), ("/appcast.xml?language=de", None)],
)
def test_caches_are_told_when_the_header_chooses_the_language(
    put: Put, fetch: Fetch, target: str, vary: str | None
) -> None:
    put("Acme.dmg")
    response = fetch(target, Accept_Language="de")

    unchanged = fetch(target, Accept_Language="de", If_None_Match=response.all_headers["ETag"])

    assert (response.all_headers.get("Vary"), unchanged.all_headers.get("Vary")) == (vary, vary)
    assert unchanged.status == 304


@pytest.mark.parametrize(
    "targets",
    [
        ["/appcast.de.xml", "/appcast.de-AT.xml", "/appcast.xml?language=DE_ch"],
        ["/appcast-macos-arm64.xml", "/appcast-darwin-aarch64.xml", "/appcast.xml?os=osx&arch=arm64e&version=1.0"],
        ["/channels/none/appcast.xml", "/dev/channels/nor-this/appcast.xml", "/appcast.xml?channel=nothing"],
        ["/appcast.fr.xml", "/appcast.it.xml"],
        ["/appcast.xml?newest=1.3", "/appcast.xml?newest=1.3.0"],
    ],
    ids=lambda targets: targets[0],
)
def test_addresses_that_come_to_the_same_are_rendered_once(
    put: Put, publish: Publish, request_for: MakeRequest, feed: Any, targets: list[str]
) -> None:
    put("Acme.dmg", notes=NOTES, policy=Policy(channel="beta"))
    put("Old.dmg")
    feeds, publication = FeedAnswers(FeedMaking(feeds={"appcast": feed}, digests_of=digests_of)), publish()

    bodies = set()
    for target in targets:
        request = request_for(target)
        address = feeds.find(request.path)
        assert address is not None
        bodies.add(asyncio.run(feeds.answer(request, address, publication)).body)

    assert len(bodies) == 1
    assert feed.rendered == 1

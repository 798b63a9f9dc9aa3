import asyncio
from collections.abc import Callable

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.interface import Feed
from ota_dev.publishing import Publication, PublishedFile
from ota_dev.server.feeds import Feeds
from ota_dev.server.messages import Request, Response

Put = Callable[..., PublishedFile]
MakeRequest = Callable[..., Request]


@pytest.fixture
def fetch(publish: Callable[..., Publication], request_for: MakeRequest, feed: Feed) -> Callable[..., Response]:
    """Ask once for a feed of what is on the shelf: `fetch("/appcast.xml", If_None_Match="*")`."""

    def answer(target: str, base_url: str | None = None, **headers: str) -> Response:
        feeds = Feeds({"appcast.xml": feed}, base_url)
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
    ("target", "word"),
    [
        ("/appcast-beos.xml", "beos"),
        ("/appcast-.xml", "macos"),
        ("/appcast-macos-.xml", "arm64"),
        ("/appcast-macos-sparc.xml", "sparc"),
        ("/appcast.xml?os=beos", "beos"),
        ("/appcast.xml?arch=sparc", "sparc"),
        ("/apps/mail/appcast.xml", "mail"),
        ("/appcast.xml?app=mail", "mail"),
    ],
)
def test_what_is_not_known_is_not_found_with_a_sentence(put: Put, fetch: Fetch, target: str, word: str) -> None:
    put("Acme.dmg")

    response = fetch(target)

    assert response.status == 404
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

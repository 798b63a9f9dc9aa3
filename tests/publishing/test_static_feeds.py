"""The feed in a file of the folder: what is read of it, what its URLs are pointed at, and what is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.feeds.interface import Links
from ota_dev.publishing import Publication, PublishedFile, Publisher
from ota_dev.publishing.static_feeds import StaticFeedReader, pointed_here
from ota_dev.signing import PrivateKey, sign_feed, verify_feed

Put = Callable[..., Path]
Publish = Callable[..., Publication]

KEY = PrivateKey.generate()
LINKS = Links("http://127.0.0.1:8080/downloads/")
SPARKLE = "http://www.andymatuschak.org/xml-namespaces/sparkle"


def feed(*urls: str, notes: str = "") -> str:
    """Make a feed with an enclosure for each URL, and a link to notes."""
    enclosures = "".join(f"<item><enclosure url='{url}' sparkle:version='1'/></item>" for url in urls)
    link = f"<item><sparkle:releaseNotesLink>{notes}</sparkle:releaseNotesLink></item>" if notes else ""
    return f"<rss xmlns:sparkle='{SPARKLE}'><channel>{enclosures}{link}</channel></rss>\n"


def sign(content: bytes) -> bytes:
    return sign_feed(content, KEY)


@pytest.fixture
def publish(publisher: Callable[..., Publisher]) -> Publish:
    """Publish the folder once: `publish(points_here=True, recursive=True)`."""

    def once(
        *, points_here: bool = False, sign: Callable[[bytes], bytes] | None = None, recursive: bool = False
    ) -> Publication:
        return publisher(static=StaticFeedReader(points_here=points_here, sign=sign), recursive=recursive).publish()

    return once


def served(publication: Publication, sign: Callable[[bytes], bytes] | None = None) -> str:
    assert publication.static_feed is not None
    assert publication.static_feed.problem == ""
    return pointed_here(publication.static_feed, LINKS, sign).decode()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(feed("a.dmg").encode(), "application/xml; charset=utf-8", id="utf-8"),
        pytest.param(feed("é").encode("utf-8-sig"), "application/xml; charset=utf-8", id="with a byte order mark"),
        pytest.param(feed("é").encode("utf-16"), "application/xml; charset=utf-16", id="utf-16"),
        pytest.param(feed("é").encode("utf-16-be"), "application/xml; charset=utf-16be", id="utf-16 without a mark"),
        pytest.param(
            b"<?xml version='1.0' encoding='ISO-8859-1'?>" + feed("é").encode("latin-1"),
            "application/xml; charset=iso-8859-1",
            id="latin-1",
        ),
    ],
)
def test_a_feed_is_served_byte_for_byte_in_the_encoding_that_it_declares(
    put: Put, publish: Publish, content: bytes, media_type: str
) -> None:
    put("appcast.xml", content)

    publication = publish()

    assert publication.static_feed is not None
    assert (publication.static_feed.content, publication.static_feed.media_type) == (content, media_type)
    assert publication.notices == ()


@pytest.mark.parametrize(
    ("content", "media_type", "notice"),
    [
        (b"<rss>", "application/xml; charset=utf-8", "line 1, column 6: the feed ends before its elements are closed"),
        (b"<?xml version='1.0' encoding='x'?><rss/>", "application/xml", "the feed is not written in x"),
        (b"", "application/xml", "the feed is empty"),
    ],
    ids=["cut short", "an encoding that nobody knows", "empty"],
)
@pytest.mark.parametrize("points_here", [False, True])
def test_a_broken_feed_is_served_as_it_is_and_named(
    *, put: Put, publish: Publish, content: bytes, media_type: str, notice: str, points_here: bool
) -> None:
    put("appcast.xml", content)

    publication = publish(points_here=points_here)

    assert served(publication).encode() == content
    assert publication.static_feed is not None
    assert publication.static_feed.media_type == media_type
    (said,) = publication.notices
    assert notice in said
    assert said.endswith("; it is served as it is")


def test_without_the_file_there_is_a_sentence_that_says_what_to_do(publish: Publish, dist: Path) -> None:
    publication = publish()

    sentence = f"{dist} holds no appcast.xml to serve as it is: put it there, or start without --static"
    assert publication.static_feed is not None
    assert publication.static_feed.problem == sentence
    assert publication.notices == (sentence,)


def test_a_file_that_must_not_be_served_is_not(publish: Publish, dist: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(feed())
    (dist / "appcast.xml").symlink_to(tmp_path / "secret.xml")

    publication = publish()

    assert publication.static_feed is not None
    assert publication.static_feed.content == b""
    assert "outside the folder" in publication.static_feed.problem


def test_what_is_on_offer_is_pointed_at_by_its_decoded_file_name(put: Put, publish: Publish) -> None:
    put("Acme Notes-1.3.0.exe")
    url = "https://acme.example/windows/Acme%20Notes-1.3.0.exe?from=feed"
    put("appcast.xml", feed(url))

    pointed, untouched = publish(points_here=True), publish()

    assert served(pointed) == feed("http://127.0.0.1:8080/downloads/Acme%20Notes-1.3.0.exe")
    assert served(untouched) == feed(url)
    assert pointed.notices == untouched.notices == ()


def test_a_file_in_a_subfolder_is_found_where_subfolders_are_served(put: Put, publish: Publish, dist: Path) -> None:
    (dist / "old").mkdir()
    for name in ("old/Acme-1.0.exe", "old/Acme-1.1.exe", "Acme-1.1.exe"):
        put(name)
    put("appcast.xml", feed("a/Acme-1.0.exe", "a/Acme-1.1.exe"))

    assert served(publish(points_here=True, recursive=True)) == feed(
        "http://127.0.0.1:8080/downloads/old/Acme-1.0.exe", "http://127.0.0.1:8080/downloads/Acme-1.1.exe"
    )


def test_notes_beside_the_feed_are_on_offer_for_its_sake(put: Put, publish: Publish) -> None:
    path = put("1.3.0.html", "<p>Faster</p>")
    put("unrelated.html")
    put("appcast.xml", feed(notes="https://acme.example/notes/1.3.0.html"))

    publication = publish(points_here=True)

    assert served(publication) == feed(notes="http://127.0.0.1:8080/downloads/1.3.0.html")
    assert list(publication.files) == ["1.3.0.html"]
    file = publication.files["1.3.0.html"]
    assert isinstance(file, PublishedFile)
    assert (file.path, file.media_type) == (path, "text/html")


@pytest.mark.parametrize("url", ["acme.key", ".hidden.txt", "%2e%2e%2fsecret.txt", "..", "appcast.xml", "Acme.zip"])
def test_a_feed_makes_nothing_else_available(put: Put, publish: Publish, tmp_path: Path, url: str) -> None:
    for name in ("acme.key", ".hidden.txt", "Acme.zip"):
        put(name)
    (tmp_path / "secret.txt").write_text("secret")
    put("appcast.xml", feed(url))

    publication = publish(points_here=True)

    assert (served(publication), dict(publication.files)) == (feed(url), {})


def test_what_is_not_in_the_folder_is_left_as_it_is_and_named_once(put: Put, publish: Publish, dist: Path) -> None:
    put("Acme-1.0.exe")
    urls = [f"https://acme.example/{number}.dmg" for number in range(5)]
    put("appcast.xml", feed("Acme-1.0.exe", *urls, *urls))

    publication = publish(points_here=True)

    assert served(publication).count("https://acme.example/") == 10
    assert publication.notices == (
        f"{dist / 'appcast.xml'}: no file of that name is on offer in {dist}, so these URLs stay as they are: "
        "https://acme.example/0.dmg, https://acme.example/1.dmg, https://acme.example/2.dmg and 2 more",
    )


def test_a_signed_feed_that_is_pointed_here_is_signed_anew(put: Put, publish: Publish) -> None:
    put("Acme-1.0.exe")
    put("appcast.xml", sign_feed(feed("Acme-1.0.exe").encode(), PrivateKey.generate()))

    publication = publish(points_here=True, sign=sign)

    assert verify_feed(served(publication, sign).encode(), KEY.public_key).is_good
    assert publication.notices == ()


def test_without_a_key_a_signed_feed_loses_its_signature_and_that_is_said(
    put: Put, publish: Publish, dist: Path
) -> None:
    put("Acme-1.0.exe")
    put("appcast.xml", sign(feed("Acme-1.0.exe").encode()))

    publication = publish(points_here=True)

    assert "sparkle-signatures" not in served(publication)
    (notice,) = publication.notices
    assert notice.startswith(f"{dist / 'appcast.xml'}: its signature (sparkle-signatures) is left out")


def test_a_signed_feed_keeps_its_signature_where_nothing_is_pointed_here(put: Put, publish: Publish) -> None:
    content = sign_feed(feed("https://acme.example/Acme-1.0.exe").encode(), PrivateKey.generate())
    put("appcast.xml", content)

    assert served(publish(points_here=True, sign=sign)).encode() == content


@pytest.mark.parametrize(
    ("name", "concerns"),
    [("appcast.xml", True), ("notes.html", True), ("other.html", False), ("old/appcast.xml", False)],
)
def test_the_feed_and_the_notes_that_it_names_concern_whoever_publishes_it(
    put: Put, publisher: Callable[..., Publisher], dist: Path, name: str, concerns: bool
) -> None:
    put("appcast.xml", feed(notes="https://acme.example/notes.html"))
    publishing = publisher(static=StaticFeedReader(points_here=True))
    publishing.publish()

    assert publishing.concerns(dist / name) is concerns
    assert not publisher().concerns(dist / name)

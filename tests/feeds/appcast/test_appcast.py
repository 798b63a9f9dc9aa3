import base64
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.safe_text import plain
from ota_dev.catalog.targets import Architecture
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.items import AppcastItem
from ota_dev.feeds.interface import Alternate, Feed, Links

Builder = Callable[..., Artifact]
Parser = Callable[[bytes], ElementTree.Element]

LINKS = Links("http://127.0.0.1:8080/downloads/")
SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


def app(*artifacts: Artifact, name: str = "Acme Notes") -> App:
    return App.of("acmenotes", name, artifacts)


def only_item(root: ElementTree.Element) -> ElementTree.Element:
    (item,) = root.findall("channel/item")
    return item


def test_the_appcast_is_a_feed(artifact: Builder) -> None:
    feed: Feed = AppcastFeed()

    assert feed.format.media_type == "application/xml; charset=utf-8"
    assert feed.alternates(app(artifact("a.dmg"), artifact("a.zip"))) == (
        Alternate(left_out=artifact("a.zip"), chosen=artifact("a.dmg")),
    )


def test_the_feed_is_utf_8_and_says_so_without_a_byte_order_mark(artifact: Builder) -> None:
    feed = AppcastFeed().render(app(artifact(), name="Acmé \U0001f4dd"), LINKS)

    assert feed.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"')
    assert "<title>Acmé \U0001f4dd</title>" in feed.decode()
    assert feed.endswith(b"</rss>\n")
    assert b"\r" not in feed


@pytest.mark.parametrize(("name", "title"), [("Acme Notes", "Acme Notes"), ("", "Updates")])
def test_the_channel_is_named_after_the_app(name: str, title: str, parse: Parser) -> None:
    assert parse(AppcastFeed().render(app(name=name), LINKS)).findtext("channel/title") == title


def test_the_versions_come_first_as_elements_then_equal_as_attributes_of_the_only_enclosure(
    artifact: Builder, parse: Parser
) -> None:
    shelf = app(artifact(short_version="1.3.0", build="130", minimum_os="11.0", architecture=Architecture.ARM64))

    item = only_item(parse(AppcastFeed().render(shelf, LINKS)))

    assert [(child.tag, child.text) for child in item] == [
        ("title", "Acme Notes 1.3.0"),
        ("pubDate", "Fri, 02 Jan 2026 03:04:05 +0000"),
        (f"{SPARKLE}version", "130"),
        (f"{SPARKLE}shortVersionString", "1.3.0"),
        (f"{SPARKLE}minimumSystemVersion", "11.0"),
        (f"{SPARKLE}hardwareRequirements", "arm64"),
        ("enclosure", None),
    ]
    assert item[-1].attrib == {
        "url": "http://127.0.0.1:8080/downloads/Acme-Notes-1.3.0.dmg",
        "length": "1000",
        "type": "application/x-apple-diskimage",
        f"{SPARKLE}version": "130",
        f"{SPARKLE}shortVersionString": "1.3.0",
        f"{SPARKLE}os": "macos",
        f"{SPARKLE}arch": "arm64",
    }


def test_what_is_not_known_is_not_written(artifact: Builder, parse: Parser) -> None:
    item = only_item(parse(AppcastFeed().render(app(artifact("Acme-Notes.exe", minimum_os="10.0")), LINKS)))

    assert [child.tag for child in item] == [
        "title",
        "pubDate",
        f"{SPARKLE}version",
        f"{SPARKLE}shortVersionString",
        "enclosure",
    ]
    assert f"{SPARKLE}arch" not in item[-1].attrib
    assert f"{SPARKLE}edSignature" not in item[-1].attrib


def test_items_stand_newest_build_first(artifact: Builder, parse: Parser) -> None:
    shelf = app(*(artifact(f"{build}.dmg", short_version="1.0", build=build) for build in ("9", "10", "8")))

    root = parse(AppcastFeed().render(shelf, LINKS))

    assert [item.findtext(f"{SPARKLE}version") for item in root.iter("item")] == ["10", "9", "8"]


def test_only_an_ed25519_signature_is_written_as_one(artifact: Builder, parse: Parser) -> None:
    signature, digest = base64.b64encode(bytes(range(64))).decode(), "0123456789abcdef" * 4
    shelf = app(
        artifact("2.dmg", short_version="2", ed25519_signature=signature, digests={"sha256": digest}),
        artifact("1.dmg", short_version="1", ed25519_signature=digest, digests={"sha256": digest}),
    )

    feed = AppcastFeed().render(shelf, LINKS)

    assert [item.get(f"{SPARKLE}edSignature") for item in parse(feed).iter("enclosure")] == [signature, None]
    assert digest.encode() not in feed


def test_the_same_app_and_links_give_the_same_bytes(artifact: Builder) -> None:
    artifacts = [artifact("a.dmg"), artifact("b.exe"), artifact("c.deb"), artifact("d.dmg", short_version="2")]

    assert AppcastFeed().render(app(*artifacts), LINKS) == AppcastFeed().render(app(*reversed(artifacts)), LINKS)


@given(
    name=ANY_TEXT, file_name=ANY_TEXT, short_version=ANY_TEXT, build=ANY_TEXT, minimum_os=ANY_TEXT, downloads=ANY_TEXT
)
def test_any_text_in_any_field_reads_back(
    artifact: Builder,
    parse: Parser,
    *,
    name: str,
    file_name: str,
    short_version: str,
    build: str,
    minimum_os: str,
    downloads: str,
) -> None:
    shelf = app(
        artifact(
            f"{file_name}.dmg", short_version=short_version, build=build, minimum_os=minimum_os, ed25519_signature=name
        ),
        name=name,
    )

    root = parse(AppcastFeed().render(shelf, Links(downloads)))

    item = only_item(root)
    assert root.findtext("channel/title") == (plain(name) or "Updates")
    assert item.findtext(f"{SPARKLE}version") == item[-1].get(f"{SPARKLE}version") == plain(build)
    assert item.findtext(f"{SPARKLE}shortVersionString") == plain(short_version)
    assert item[-1].get(f"{SPARKLE}shortVersionString") == plain(short_version)
    assert item.findtext(f"{SPARKLE}minimumSystemVersion", "") == plain(minimum_os)
    assert item[-1].get("url", "").startswith(plain(downloads))


EVERY_FIELD = "".join(
    f'<{field.name} value="{{{{ item.{field.name} }}}}">{{{{ item.{field.name} }}}}</{field.name}>'
    for field in fields(AppcastItem)
)
PRINTING_ALL = AppcastFeed.with_template(
    f"<a>{{{{ app.key }}}}{{{{ app.name }}}}{{% for item in items %}}{EVERY_FIELD}{{% endfor %}}</a>", "mine.xml.j2"
)


@given(text=ANY_TEXT)
def test_a_users_own_template_cannot_forget_what_xml_forbids(artifact: Builder, parse: Parser, text: str) -> None:
    shelf = App.of(
        text,
        text,
        [artifact(f"{text}.dmg", short_version=text, build=text, minimum_os=text, digests={"sha256": text})],
    )

    root = parse(PRINTING_ALL.render(shelf, Links(text)))

    assert root.findtext("build") == plain(text)
    assert [(field.tag, field.get("value")) for field in root] == [(field.tag, field.text or "") for field in root]


def test_months_are_named_in_english(artifact: Builder, parse: Parser) -> None:
    months = [
        artifact(f"{month}.dmg", build=str(month), modified=datetime(2026, month, 1, tzinfo=UTC))
        for month in range(12, 0, -1)
    ]

    root = parse(AppcastFeed().render(app(*months), LINKS))

    assert [date.text[8:11] for date in root.iter("pubDate") if date.text] == (
        ["Dec", "Nov", "Oct", "Sep", "Aug", "Jul", "Jun", "May", "Apr", "Mar", "Feb", "Jan"]
    )

from collections.abc import Callable

import pytest

from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, Enclosure, Item, read_appcast

Outside = Callable[[str], bytes]


def only_item(content: str) -> Item:
    feed = f'<rss xmlns:sparkle="{SPARKLE_NAMESPACE}"><channel><item>{content}</item></channel></rss>'
    (item,) = read_appcast(feed.encode()).items
    return item


def only_enclosure(content: str) -> Enclosure:
    (enclosure,) = only_item(content).enclosures
    return enclosure


@pytest.mark.parametrize(
    ("content", "version"),
    [
        pytest.param("<enclosure sparkle:version='2'/>", "2", id="an attribute of the enclosure"),
        pytest.param("<sparkle:version> 2\n</sparkle:version><enclosure/>", "2", id="an element, trimmed"),
        pytest.param(
            "<sparkle:version>1</sparkle:version><enclosure sparkle:version='2'/>", "2", id="the attribute wins"
        ),
        pytest.param("<sparkle:version><![CDATA[2]]></sparkle:version><enclosure/>", "2", id="an element in CDATA"),
        pytest.param("<enclosure url='https://acme.example/Acme_2.zip?a_3.zip'/>", "2", id="the end of the file name"),
        pytest.param("<enclosure url='https://acme.example/Acme-2.zip'/>", "", id="a file name without _"),
        pytest.param("<enclosure url='http://['/>", "", id="a URL that is none"),
        pytest.param("<version>2</version><enclosure version='2'/>", "", id="outside of Sparkle's namespace"),
    ],
)
def test_the_version_is_read_where_clients_read_it(content: str, version: str) -> None:
    assert only_enclosure(content).version == version
    assert only_item(content).version == version


@pytest.mark.parametrize(
    ("length", "number"),
    [
        ("5000", 5000),
        (" 5000 ", 5000),
        ("0", 0),
        ("", None),
        ("-1", None),
        ("5 kB", None),
        ("٣", None),
        ("9" * 30, None),
    ],
)
def test_a_length_is_a_number_of_bytes_or_nothing(length: str, number: int | None) -> None:
    assert only_enclosure(f"<enclosure length='{length}'/>").length == number


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://acme.example/Acme%20Notes.dmg", "Acme Notes.dmg"),
        ("https://acme.example/get.php?file=/a/b.dmg", "get.php"),
        ("windows/Acme.exe", "Acme.exe"),
        ("https://acme.example/", ""),
        ("", ""),
    ],
)
def test_the_file_name_is_the_last_part_of_the_path(url: str, name: str) -> None:
    assert only_enclosure(f"<enclosure url='{url}'/>").file_name == name


def test_an_item_without_an_enclosure_has_the_version_of_its_element() -> None:
    item = only_item("<sparkle:version>3</sparkle:version><link>https://acme.example</link>")

    assert (item.version, item.enclosures, item.text("link")) == ("3", (), "https://acme.example")


def test_the_feed_that_sparkles_tool_writes_is_read(outside: Outside) -> None:
    newest, _ = read_appcast(outside("sparkle")).items
    (enclosure,) = newest.enclosures
    (delta,) = newest.deltas

    assert (newest.text(f"{SPARKLE}channel"), enclosure.version, enclosure.short_version) == ("beta", "130", "1.3.0")
    assert (enclosure.file_name, enclosure.length, enclosure.os, enclosure.arch) == (
        "Acme Notes 1.3.0.zip",
        5000,
        "",
        "",
    )
    assert (delta.delta_from, delta.length, len(delta.ed25519_signature)) == ("120", 700, 88)
    assert [link.text for link in newest.notes_links] == [
        "https://acme.example/notes/1.3.0.html",
        "https://acme.example/notes/1.3.0.de.html?a=1&b=2",
    ]


def test_the_enclosures_of_one_item_are_all_read(outside: Outside) -> None:
    newest, oldest = read_appcast(outside("winsparkle")).items

    assert [(e.os, e.version, e.short_version) for e in newest.enclosures] == [
        ("windows-x64", "1.3.0.0", "1.3.0"),
        ("windows-arm64", "1.3.0.0", "1.3.0.0"),
    ]
    assert oldest.text("description") == "Plain words, <b>bold</b> ones."


def test_notes_written_for_netsparkle_keep_their_lines(outside: Outside) -> None:
    newest, _ = read_appcast(outside("netsparkle")).items

    assert newest.text("description") == "# 1.3.0 \n\n* Faster"


def test_any_prefix_stands_for_sparkles_namespace(outside: Outside) -> None:
    mac, _, told = read_appcast(outside("by_hand")).items

    assert [(e.version, e.os, e.arch) for e in mac.enclosures] == [("1.3.0", "macos", "aarch64")]
    assert told.version == "1.2.8"
    assert "<!-- not a comment, but notes -->" in mac.text("description")

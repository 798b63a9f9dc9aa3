import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.safe_text import plain
from ota_dev.errors import FeedError
from ota_dev.feeds.appcast.reading import SPARKLE_NAMESPACE, Appcast, read_appcast
from ota_dev.feeds.appcast.rewriting import point_here

Outside = Callable[[str], bytes]

HERE = "http://127.0.0.1:8080/downloads/"


def here(url: str) -> str:
    return HERE + url.rpartition("/")[2]


def nowhere(_url: str) -> None:
    return None


def feed(item: str) -> bytes:
    return f'<rss xmlns:sparkle="{SPARKLE_NAMESPACE}"><channel><item>{item}</item></channel></rss>'.encode()


def addresses(appcast: Appcast) -> list[str]:
    """Give every address that a client fetches something from, in a stable order."""
    enclosures = [enclosure for item in appcast.items for enclosure in (*item.enclosures, *item.deltas)]
    notes = [link.text.strip() for item in appcast.items for link in item.notes_links]
    mirrors = [mirror for e in enclosures if (mirror := e.element.get("alternateUrl"))]
    return [*(e.url for e in enclosures), *mirrors, *notes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "<enclosure url='https://a.example/1.dmg'/>", f"<enclosure url='{HERE}1.dmg'/>", id="an installer"
        ),
        pytest.param('<enclosure\n url = "1.dmg"\n/>', f'<enclosure\n url = "{HERE}1.dmg"\n/>', id="a relative URL"),
        pytest.param(
            "<enclosure url='https://a.example/1'/><enclosure url='https://a.example/2'/>",
            f"<enclosure url='{HERE}1'/><enclosure url='{HERE}2'/>",
            id="two in one item",
        ),
        pytest.param(
            "<sparkle:deltas><enclosure url='https://a.example/2-1.delta'/></sparkle:deltas>",
            f"<sparkle:deltas><enclosure url='{HERE}2-1.delta'/></sparkle:deltas>",
            id="a delta",
        ),
        pytest.param(
            "<enclosure url='https://a.example/1' alternateUrl='https://b.example/1' sparkle:alternateUrl='//c/1'/>",
            f"<enclosure url='{HERE}1' alternateUrl='{HERE}1' sparkle:alternateUrl='{HERE}1'/>",
            id="the second address of hand-written clients",
        ),
        pytest.param(
            "<sparkle:releaseNotesLink xml:lang='de'>\n https://a.example/1.html\t</sparkle:releaseNotesLink>",
            f"<sparkle:releaseNotesLink xml:lang='de'>\n {HERE}1.html\t</sparkle:releaseNotesLink>",
            id="notes, with the space around",
        ),
        pytest.param(
            "<sparkle:fullReleaseNotesLink>https://a.example/all.html</sparkle:fullReleaseNotesLink>",
            f"<sparkle:fullReleaseNotesLink>{HERE}all.html</sparkle:fullReleaseNotesLink>",
            id="full notes",
        ),
        pytest.param(
            "<sparkle:releaseNotesLink><![CDATA[ https://a.example/?a=1&b=2 ]]></sparkle:releaseNotesLink>",
            f"<sparkle:releaseNotesLink><![CDATA[ {HERE}?a=1&b=2 ]]></sparkle:releaseNotesLink>",
            id="notes in CDATA",
        ),
        pytest.param(
            "<sparkle:releaseNotesLink>https://a.example/?a=1&amp;b=2</sparkle:releaseNotesLink>",
            f"<sparkle:releaseNotesLink>{HERE}?a=1&amp;b=2</sparkle:releaseNotesLink>",
            id="notes with a reference",
        ),
        pytest.param(
            "<sparkle:releaseNotesLink><!-- old -->https://<!-- no www -->b.example/1</sparkle:releaseNotesLink>",
            f"<sparkle:releaseNotesLink><!-- old -->{HERE}1<!-- no www --></sparkle:releaseNotesLink>",
            id="notes in pieces between comments",
        ),
    ],
)
def test_what_a_client_fetches_is_pointed_here(before: str, after: str) -> None:
    assert point_here(feed(before), here).feed == feed(after)


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("<link>https://a.example/</link>", id="a product page"),
        pytest.param("<description><![CDATA[<img src='https://a.example/1.png'>]]></description>", id="links in notes"),
        pytest.param("<enclosure sparkle:version='1'/>", id="an enclosure without a URL"),
        pytest.param("<enclosure url=' '/>", id="an empty URL"),
        pytest.param("<sparkle:releaseNotesLink/>", id="a notes link without a URL"),
        pytest.param("<sparkle:releaseNotesLink> </sparkle:releaseNotesLink>", id="an empty notes link"),
        pytest.param("<sparkle:releaseNotesLink>https://a.example<b/></sparkle:releaseNotesLink>", id="no mere text"),
        pytest.param("<releaseNotesLink>https://a.example</releaseNotesLink>", id="a name of nobody's"),
        pytest.param("<!-- <enclosure url='https://a.example/1.dmg'/> -->", id="an enclosure in a comment"),
    ],
)
def test_everything_else_stays(item: str) -> None:
    assert point_here(feed(item), here).feed == feed(item)


def test_each_url_is_handed_over_as_clients_read_it(outside: Outside) -> None:
    asked: list[str] = []

    point_here(outside("by_hand"), asked.append)

    assert asked == [
        "https://acme.example/dl?file=Acme-1.3.0.dmg&from=feed",
        "https://mirror.example/Acme-1.3.0.dmg",
        "windows/Acme-Setup-1.3.0.exe",
        "https://acme.example/history?from=1.0&to=1.2.8",
    ]


def test_a_signed_feed_that_changes_loses_its_signature(outside: Outside) -> None:
    pointed = point_here(outside("sparkle"), here)

    assert pointed.lost_signature
    assert b"sparkle-signatures" not in pointed.feed


@pytest.mark.parametrize("unchanged", [nowhere, str], ids=["left alone", "already here"])
def test_a_feed_that_needs_no_change_keeps_every_byte(
    unchanged: Callable[[str], str | None], any_outside: bytes
) -> None:
    pointed = point_here(any_outside, unchanged)

    assert (pointed.feed, pointed.lost_signature) == (any_outside, False)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_feed_keeps_its_encoding(encoding: str, outside: Outside) -> None:
    text = outside("by_hand").decode()

    pointed = point_here(text.encode(encoding), here).feed

    assert pointed.decode(encoding) == point_here(text.encode(), here).feed.decode()
    assert pointed.startswith(text[:5].encode(encoding))


def test_a_feed_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(FeedError, match=r"feed\.xml, line 1, column 6: the feed ends"):
        point_here(b"<rss>", here, "feed.xml")


SIGNED_BLOCK = re.compile(rb"<!-- sparkle-signatures:.*?-->\s*", re.DOTALL)


ANY_ADDRESS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=10).filter(plain)


@given(address=ANY_ADDRESS)
def test_every_url_becomes_any_other(any_outside: bytes, address: str) -> None:
    pointed = read_appcast(point_here(any_outside, lambda _url: address).feed)

    assert addresses(pointed) == [plain(address)] * len(addresses(read_appcast(any_outside)))


def test_pointing_each_url_back_gives_the_very_feed(any_outside: bytes) -> None:
    original = addresses(read_appcast(any_outside))

    numbered = point_here(any_outside, lambda url: str(original.index(url))).feed
    back = point_here(numbered, lambda number: original[int(number)]).feed

    assert numbered != any_outside
    assert back == SIGNED_BLOCK.sub(b"", any_outside)

import base64
from collections.abc import Callable

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.deltas import Delta, list_deltas
from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, read_appcast
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]
Outside = Callable[[str], bytes]

LINKS = Links("https://cdn.example/")
SIGNATURE = base64.b64encode(bytes(64)).decode()


def delta(build: str = "130", from_build: str = "120", *, size: int = 700, signature: str | None = None) -> Delta:
    return Delta(
        download_name=f"Acme Notes{build}-{from_build}.delta",
        build=Version(build),
        from_build=Version(from_build),
        size=size,
        ed25519_signature=signature,
    )


@pytest.fixture
def feed(artifact: Builder) -> bytes:
    """A feed of two versions for macOS, one of them for Windows too."""
    shelf = [
        artifact("Acme Notes 1.3.0.dmg", short_version="1.3.0", build="130"),
        artifact("Acme Notes 1.2.0.dmg", short_version="1.2.0", build="120"),
        artifact("Acme Notes 1.3.0.exe", short_version="1.3.0", build="130"),
    ]
    return AppcastFeed().render(App.of("acmenotes", "Acme Notes", shelf), LINKS)


def test_a_delta_is_listed_under_the_version_that_it_leads_to(feed: bytes) -> None:
    listed = list_deltas(feed, [delta(signature=SIGNATURE)], LINKS).feed.decode()

    assert listed == feed.decode().replace(
        """\
        sparkle:os="macos"
      />
""",
        f"""\
        sparkle:os="macos"
      />
      <sparkle:deltas>
        <enclosure url="https://cdn.example/Acme%20Notes130-120.delta" sparkle:os="macos" sparkle:deltaFrom="120" \
length="700" type="application/octet-stream" sparkle:edSignature="{SIGNATURE}"/>
      </sparkle:deltas>
""",
        1,
    )


def test_the_items_own_enclosure_stays_the_first(feed: bytes) -> None:
    mac, *_ = read_appcast(list_deltas(feed, [delta()], LINKS).feed).items

    assert [element.name for element in mac.element.children][-2:] == ["enclosure", f"{SPARKLE}deltas"]
    assert [enclosure.file_name for enclosure in mac.enclosures] == ["Acme Notes 1.3.0.dmg"]


def test_a_delta_is_marked_so_that_it_fits_no_other_system_and_leaks_no_version(feed: bytes) -> None:
    mac, *_ = read_appcast(list_deltas(feed, [delta()], LINKS).feed).items
    (enclosure,) = mac.deltas

    assert {attribute.name: attribute.value for attribute in enclosure.element.attributes} == {
        "url": "https://cdn.example/Acme%20Notes130-120.delta",
        f"{SPARKLE}os": "macos",
        f"{SPARKLE}deltaFrom": "120",
        "length": "700",
        "type": "application/octet-stream",
    }


def test_deltas_stand_newest_starting_point_first_in_any_order_given(feed: bytes) -> None:
    deltas = [delta(from_build=start) for start in ("9", "120", "100")]

    listed = list_deltas(feed, deltas, LINKS).feed

    assert [d.delta_from for item in read_appcast(listed).items for d in item.deltas] == ["120", "100", "9"]
    assert list_deltas(feed, deltas[::-1], LINKS).feed == listed


def test_listing_again_changes_nothing(feed: bytes) -> None:
    deltas = [delta(), delta(from_build=" 110\n"), delta("120", "100", signature=SIGNATURE)]

    once = list_deltas(feed, deltas, LINKS)

    assert list_deltas(once.feed, deltas, LINKS).feed == once.feed


def test_a_delta_that_the_feed_has_keeps_what_sparkles_tool_wrote(outside: Outside) -> None:
    fresh = delta(size=700, signature=SIGNATURE)

    newest, _ = read_appcast(list_deltas(outside("sparkle"), [fresh, delta(from_build="110")], LINKS).feed).items

    known, new = newest.deltas
    assert known.element.get(f"{SPARKLE}deltaFromSparkleExecutableSize") == "812000"
    assert (known.url, known.ed25519_signature) == ("https://cdn.example/Acme%20Notes130-120.delta", SIGNATURE)
    assert (new.delta_from, new.os) == ("110", "macos")


def test_a_delta_whose_file_is_gone_stays(outside: Outside) -> None:
    assert list_deltas(outside("sparkle"), [], LINKS).feed == outside("sparkle")


@pytest.mark.parametrize(
    ("wanted", "notice"),
    [
        ("140", "Acme Notes140-120.delta is left out: the feed has no item for macOS of 140"),
        ("125", "Acme Notes125-120.delta is left out: the feed has several items for macOS of 125"),
    ],
)
def test_a_delta_that_belongs_nowhere_is_left_out_and_named(wanted: str, notice: str, artifact: Builder) -> None:
    shelf = [
        *(
            artifact(f"{name}.dmg", build="125", architecture=name)
            for name in (Architecture.ARM64, Architecture.X86_64)
        ),
        artifact("1.4.0.exe", build="140"),
    ]
    feed = AppcastFeed().render(App.of("acmenotes", "Acme Notes", shelf), LINKS)

    listed = list_deltas(feed, [delta(wanted)], LINKS)

    assert (listed.feed, listed.notices) == (feed, (notice,))


@pytest.mark.parametrize(
    "declaration",
    [
        pytest.param(f"xmlns:s='{SPARKLE_NAMESPACE}'", id="another prefix"),
        pytest.param(
            f"xmlns:s='{SPARKLE_NAMESPACE}' xmlns:sparkle='urn:other'", id="the usual one means something else"
        ),
    ],
)
@pytest.mark.parametrize("deltas", ["", "<s:deltas/>", "<s:deltas><enclosure s:deltaFrom='1'/></s:deltas>"])
def test_deltas_are_listed_with_the_feeds_own_prefix(declaration: str, deltas: str) -> None:
    feed = (
        f"<rss {declaration}><channel><item><enclosure url='a.dmg' s:version='130'/>{deltas}</item></channel></rss>"
    ).encode()

    (item,) = read_appcast(list_deltas(feed, [delta()], LINKS).feed).items

    assert [(d.delta_from, d.os) for d in item.deltas][-1] == ("120", "macos")

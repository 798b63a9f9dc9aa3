import base64
from collections.abc import Callable

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.releases import App
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.merging import merge
from ota_dev.feeds.appcast.reading import SPARKLE, SPARKLE_NAMESPACE, read_appcast
from ota_dev.feeds.interface import Links

Outside = Callable[[str], bytes]
Generated = Callable[..., bytes]

LINKS = Links("https://cdn.example/")
SIGNATURE = base64.b64encode(bytes(64)).decode()


def delta(from_build: str = "120", *, size: int = 700, signature: str | None = None) -> Delta:
    return Delta(
        download_name=f"Acme Notes130-{from_build}.delta",
        from_build=Version(from_build),
        size=size,
        ed25519_signature=signature,
    )


@pytest.fixture
def generated(artifact: Callable[..., Artifact]) -> Generated:
    """Make the feed of a folder with build 130, for macOS and for Windows, and these deltas."""

    def make(*deltas: Delta) -> bytes:
        shelf = [
            artifact("Acme Notes 1.3.0.zip", build="130", deltas=deltas),
            artifact("Acme Notes 1.3.0.exe", build="130"),
        ]
        return AppcastFeed().render(App.of("acmenotes", "Acme Notes", shelf), LINKS)

    return make


EXISTING = f"""\
<rss xmlns:sparkle="{SPARKLE_NAMESPACE}">
  <channel>
    <item>
      <enclosure url="https://cdn.example/Acme%20Notes%201.3.0.zip" length="1000" sparkle:version="130"/>
    </item>
  </channel>
</rss>
"""


def test_an_item_that_exists_already_lists_new_deltas_behind_its_enclosure(generated: Generated) -> None:
    merged = merge(EXISTING.encode(), generated(delta(signature=SIGNATURE))).feed.decode()

    assert (
        f"""\
      <enclosure url="https://cdn.example/Acme%20Notes%201.3.0.zip" length="1000" sparkle:version="130"/>
      <sparkle:deltas>
        <enclosure url="https://cdn.example/Acme%20Notes130-120.delta" length="700" type="application/octet-stream" \
sparkle:os="macos" sparkle:deltaFrom="120" sparkle:edSignature="{SIGNATURE}"/>
      </sparkle:deltas>
    </item>
"""
        in merged
    )


def test_merging_deltas_again_changes_nothing(generated: Generated) -> None:
    feed = generated(delta(), delta("110", signature=SIGNATURE))

    once = merge(EXISTING.encode(), feed)

    assert once.feed.count(b"deltaFrom") == 2
    assert merge(once.feed, feed).feed == once.feed


def test_a_delta_that_the_feed_has_keeps_what_sparkles_tool_wrote(outside: Outside, generated: Generated) -> None:
    merged = merge(outside("sparkle"), generated(delta(size=700, signature=SIGNATURE), delta("110")))

    known, new = next(item.deltas for item in read_appcast(merged.feed).items if item.deltas)
    assert known.element.get(f"{SPARKLE}deltaFromSparkleExecutableSize") == "812000"
    assert (known.url, known.length, known.ed25519_signature) == (
        "https://cdn.example/Acme%20Notes130-120.delta",
        700,
        SIGNATURE,
    )
    assert (new.delta_from, new.os) == ("110", "macos")


def test_a_delta_of_another_size_loses_its_signature_and_that_is_said(outside: Outside, generated: Generated) -> None:
    merged = merge(outside("sparkle"), generated(delta(size=701)))

    (known,) = next(item.deltas for item in read_appcast(merged.feed).items if item.deltas)
    assert (known.length, known.ed25519_signature) == (701, "")
    assert [notice for notice in merged.notices if "signature" in notice] == [
        "130: its signature is left out, since the file has another size now: sign it again"
    ]


def test_a_delta_whose_file_is_gone_stays(outside: Outside, generated: Generated) -> None:
    merged = merge(outside("sparkle"), generated())

    assert b"Acme%20Notes130-120.delta" in merged.feed


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
def test_deltas_are_listed_with_the_feeds_own_prefix(declaration: str, deltas: str, generated: Generated) -> None:
    feed = (
        f"<rss {declaration}><channel><item><enclosure url='a.zip' s:version='130'/>{deltas}</item></channel></rss>"
    ).encode()

    item = next(item for item in read_appcast(merge(feed, generated(delta())).feed).items if item.deltas)

    assert [(d.delta_from, d.os) for d in item.deltas][-1] == ("120", "macos")

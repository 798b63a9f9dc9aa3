from collections.abc import Callable

import pytest

from ota_dev.feeds.appcast.reading import read_appcast

Outside = Callable[[str], bytes]

SIGNATURE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
BLOCK = f"<!-- sparkle-signatures:\nedSignature: {SIGNATURE}\nlength: 6\n-->"


def test_the_items_of_every_channel_are_read_in_their_order() -> None:
    feed = (
        b"<rss><channel><item><title>1</title></item></channel><channel><item><title>2</title></item></channel></rss>"
    )

    assert [item.text("title") for item in read_appcast(feed).items] == ["1", "2"]


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param("<html><channel><item/></channel></html>", id="no RSS"),
        pytest.param(
            "<rss xmlns='urn:x'><channel><item/></channel></rss>", id="RSS in a namespace, as no client reads it"
        ),
        pytest.param("<rss><item/></rss>", id="no channel"),
        pytest.param("<rss><channel/></rss>", id="no item"),
    ],
)
def test_a_document_without_items_is_no_error(feed: str) -> None:
    assert read_appcast(feed.encode()).items == ()


def test_the_block_that_signs_a_feed_is_kept_aside(outside: Outside) -> None:
    feed = outside("sparkle")

    block = read_appcast(feed).signed_block

    assert block is not None
    assert block.ed25519_signature == SIGNATURE
    assert block.length == block.start == feed.index(b"<!-- sparkle-signatures:")
    assert feed[block.end - 3 : block.end] == b"-->"


@pytest.mark.parametrize(
    ("feed", "length"),
    [
        pytest.param(f"<rss/>{BLOCK}", 6, id="no line break before it"),
        pytest.param(f"<rss/>{BLOCK.replace('6', '5')}\n{BLOCK}", 6, id="the last of two counts"),
        pytest.param(
            "<rss/><!-- sparkle-signatures:\nlength: 6\nedSignature: x\n-->", 6, id="its lines in another order"
        ),
        pytest.param("<rss/><!-- sparkle-signatures:\nlength: many\n-->", None, id="a length that is no number"),
        pytest.param("<rss/><!-- sparkle-signatures:\n-->", None, id="nothing in it"),
    ],
)
def test_a_signing_block_is_read_however_it_is_written(feed: str, length: int | None) -> None:
    block = read_appcast(feed.encode()).signed_block

    assert block is not None
    assert block.length == length


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param(f"<rss>{BLOCK}</rss>", id="inside an element"),
        pytest.param(f"<rss><![CDATA[{BLOCK}]]></rss>", id="in notes about signing"),
        pytest.param("<rss/><!-- signed -->", id="another comment"),
    ],
)
def test_what_only_looks_like_a_signing_block_is_none(feed: str) -> None:
    assert read_appcast(feed.encode()).signed_block is None

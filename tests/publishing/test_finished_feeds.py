"""A feed with one more step, and the step that signs it: the feed as it would be, and a block at its end."""

import pytest

from ota_dev.catalog.releases import App
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.publishing.finished_feeds import FinishedFeed
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.signing import PrivateKey, read_signature_block, verify_bytes, verify_feed

KEY = PrivateKey.generate()
FEED = AppcastFeed()
SIGNED = KeyInForce(key=KEY, signs_feeds=True).signed(FEED)
APP = App.of("notes", "Acme Notes", [])
LINKS = [Links("http://127.0.0.1:8080/downloads/"), Links("https://updates.acme.example/")]


@pytest.mark.parametrize("links", LINKS, ids=lambda links: links.downloads)
def test_every_rendering_is_signed_for_the_address_that_it_is_for(links: Links) -> None:
    rendered = SIGNED.render(APP, links)

    assert rendered
    block = read_signature_block(rendered)
    assert block is not None
    assert block.content == FEED.render(APP, links)
    assert verify_feed(rendered, KEY.public_key).is_good


def test_a_finished_feed_is_what_the_step_makes_of_it() -> None:
    finished = FinishedFeed(feed=FEED, finish=bytes.upper)

    assert finished.render(APP, LINKS[0]) == FEED.render(APP, LINKS[0]).upper()


def test_a_signed_feed_is_like_the_feed_in_all_else() -> None:
    assert SIGNED.format == FEED.format
    assert SIGNED.required_digests == FEED.required_digests
    assert SIGNED.alternates(APP) == FEED.alternates(APP)


def test_a_key_leaves_feeds_alone_where_nobody_asks_for_more() -> None:
    assert KeyInForce(key=KEY).signed(FEED) is FEED


def test_what_stands_beside_a_feed_is_a_signature_of_its_very_bytes() -> None:
    signature = KeyInForce(key=KEY).sign(b"<rss/>")

    assert verify_bytes(b"<rss/>", signature, KEY.public_key).is_good
    assert not verify_bytes(b"<rss/>\n", signature, KEY.public_key).is_good

"""A feed as a client gets it."""

from collections.abc import Callable

import pytest

from ota_dev.catalog.releases import App, Catalog
from ota_dev.dashboard import Answer, State
from ota_dev.dashboard.views.feed import MOST_SHOWN, feed_asked_for, feed_view
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing import Publication

MakeState = Callable[..., State]


@pytest.fixture
def two_apps() -> Publication:
    catalog = Catalog(apps=(App(key="acmenotes", name="Acme Notes"), App(key="acmedraw", name="Acme Draw")))
    return Publication(catalog=catalog, files={}, revision=1)


def answered(content: bytes = b"<rss/>", status: int = 200) -> Answer:
    return Answer(status=status, media_type="application/xml; charset=utf-8", content=content)


ADDRESSES = {
    "the whole feed": ({}, "/appcast.xml"),
    "narrowed": ({"feed-os": "macos", "feed-channel": "a&b"}, "/appcast.xml?os=macos&channel=a%26b"),
    "a feed that there is not": ({"feed": "/_ota/api/v1/state"}, "/appcast.xml"),
    "what belongs to another view": ({"os": "macos", "if-os": "linux"}, "/appcast.xml"),
}


@pytest.mark.parametrize(("query", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_a_feed_is_asked_for_as_a_client_would(state: MakeState, query: dict[str, str], address: str) -> None:
    assert feed_asked_for(state(), query) == address


def test_with_several_apps_each_has_a_feed_of_its_own(state: MakeState, two_apps: Publication) -> None:
    view = feed_view(state(publication=two_apps, answer=answered()), {"feed": "/apps/acmedraw/appcast.xml"})

    assert view is not None
    assert view.paths == ("/apps/acmenotes/appcast.xml", "/apps/acmedraw/appcast.xml")
    assert view.url == "http://127.0.0.1:8080/apps/acmedraw/appcast.xml"


def test_a_feed_of_every_format_can_be_chosen(state: MakeState) -> None:
    beside = AppcastFeed()
    offered = App(key="acmenotes", name="Acme Notes")

    view = feed_view(state(answer=answered(), other_feeds=(beside,)), {})

    assert view is not None
    assert view.paths == tuple(f"/{name}" for name in (*beside.file_names(offered), *beside.file_names(offered)))


def test_no_more_is_shown_than_a_browser_bears(state: MakeState) -> None:
    view = feed_view(state(answer=answered(b"x" * (MOST_SHOWN + 7))), {})

    assert view is not None
    assert (len(view.text), view.left_out) == (MOST_SHOWN, 7)


def test_bytes_that_are_no_text_are_shown_as_far_as_they_are(state: MakeState) -> None:
    view = feed_view(state(answer=answered(b"a\xe9b")), {})

    assert view is not None
    assert view.text == "a\ufffdb"


def test_without_an_answer_there_is_nothing_to_show(state: MakeState) -> None:
    assert feed_view(state(), {}) is None

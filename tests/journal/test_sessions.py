from dataclasses import replace
from datetime import timedelta

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.journal import Exchange, Outcome, sessions_of
from tests.journal.made_up import CLIENT, INSTALLER, download, exchange, feed, numbered


def sentences(*exchanges: Exchange) -> list[str]:
    (session,) = sessions_of(numbered(*exchanges))
    return [step.sentence for step in session.steps]


def test_an_update_that_is_taken_up_again_reads_as_a_story() -> None:
    story = sentences(
        feed(),
        exchange(Resource.SIGNATURE),
        exchange(Resource.NOTES),
        download(0, 410),
        download(410, 590),
        feed("1.3.0", offered="nothing newer than 1.3.0"),
    )

    assert story == [
        "asked the feed: offered 1.3.0 to 1.2.0",
        "fetched the signature of the feed",
        "fetched the notes",
        f"downloaded 41 % of {INSTALLER}, then the client went away",
        f"came back for {INSTALLER} at 41 % and finished it",
        "asked again: nothing newer than 1.3.0",
    ]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (feed(status=503, offered=""), "asked the feed: answered 503"),
        (feed(status=304, offered=""), "asked the feed: not changed since"),
        (feed(status=304), "asked the feed: not changed since, offered 1.3.0 to 1.2.0"),
        (feed(outcome=Outcome.ABORTED, note="cut by fault"), "asked the feed: cut by fault"),
        (exchange(Resource.NOTES, status=404), "asked for the notes: answered 404"),
        (download(), f"downloaded {INSTALLER}"),
        (download(method="HEAD", sent=0, outcome=Outcome.COMPLETED), f"asked about {INSTALLER}: answered"),
        (download(status=416, sent=0), f"asked for {INSTALLER}: the client went away"),
        (download(None, 999), f"downloaded 0 % of {INSTALLER}, then the client went away"),
    ],
)
def test_each_step_says_what_was_asked_and_what_became_of_it(entry: Exchange, sentence: str) -> None:
    assert sentences(entry) == [sentence]


def test_who_says_only_once_which_app_it_is_has_one_session() -> None:
    agent = (("user-agent", "ureq/3.4.2"),)
    asking = feed(client=replace(CLIENT, family="Velopack"), request_headers=agent)
    silent = download(client=replace(CLIENT, family="ureq", app=None, version=None), request_headers=agent)

    (session,) = sessions_of(numbered(asking, silent))

    assert len(session.steps) == 2
    assert session.client == asking.client


def test_what_is_asked_twice_is_asked_again() -> None:
    assert sentences(exchange(Resource.NOTES), exchange(Resource.NOTES))[1] == "fetched the notes again"
    assert sentences(download(), download())[1] == f"downloaded {INSTALLER}"


def test_only_what_is_finished_has_a_hundred_percent() -> None:
    assert sentences(download(0, 999))[0].startswith("downloaded 99 %")


@pytest.mark.parametrize(
    "other",
    [
        feed(peer="192.0.2.7"),
        feed(client=replace(CLIENT, family="WinSparkle")),
        feed(client=replace(CLIENT, app="Acme Paint")),
        feed(base="/with/slow-3g"),
    ],
    ids=["another machine", "another family", "another app", "under another address"],
)
def test_clients_are_told_apart_by_what_they_send(other: Exchange) -> None:
    assert len(sessions_of(numbered(feed(), other, feed()))) == 2


def test_an_app_that_comes_back_as_another_version_is_still_one_session() -> None:
    (session,) = sessions_of(numbered(feed("1.2.0"), feed("1.3.0")))

    assert session.client.version == "1.3.0"


def test_after_a_long_pause_another_session_begins() -> None:
    pause = timedelta(minutes=1)

    assert len(sessions_of(numbered(feed(at=0), feed(at=60)), pause)) == 1
    assert len(sessions_of(numbered(feed(at=0), feed(at=61)), pause)) == 2


def test_a_pause_counts_from_the_end_of_a_long_download() -> None:
    slow = download(duration=timedelta(hours=1))

    assert len(sessions_of(numbered(slow, feed(at=3_601)))) == 1


def test_what_is_no_part_of_an_update_is_in_no_session() -> None:
    assert sessions_of(numbered(exchange(), exchange(status=404))) == ()

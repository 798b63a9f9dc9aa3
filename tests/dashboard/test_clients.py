"""The sessions of clients."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.dashboard import State
from ota_dev.dashboard.views.clients import MOST_STEPS, clients_view
from ota_dev.journal import Exchange, Outcome, Subject, Transfer
from tests.dashboard.conftest import START

MakeExchange = Callable[..., Exchange]
MakeState = Callable[..., State]

UPDATER = "Acme Notes/1.2.0 Sparkle/2.9.0"


@pytest.fixture
def download(exchange: MakeExchange) -> MakeExchange:
    """Make a download of 1000 bytes: `download(2, first=410, status=206, sent=590)`."""

    def make(number: int, *, first: int = 0, **said: Any) -> Exchange:
        subject = Subject(resource=Resource.DOWNLOAD, name="a.dmg", first=first, total=1000)
        return exchange("/downloads/a.dmg", number=number, agent=UPDATER, subject=subject, **said)

    return make


def test_the_client_with_the_latest_request_is_the_first(exchange: MakeExchange, state: MakeState) -> None:
    exchanges = (exchange(number=1, agent=UPDATER), exchange(number=2), exchange(number=3, agent=UPDATER))

    shown = clients_view(state(exchanges=exchanges))

    assert [session.who for session in shown.sessions] == ["Acme Notes 1.2.0", "curl 8.0"]
    assert [[step.number for step in session.steps] for session in shown.sessions] == [[1, 3], [2]]


def test_a_download_shows_which_parts_arrived_in_which_requests(download: MakeExchange, state: MakeState) -> None:
    parts = (
        download(1, sent=400, aborted="the client went away"),
        download(2, first=400, status=206, expected=600, sent=300),
    )

    (session,) = clients_view(state(exchanges=parts)).sessions

    (bar,) = session.downloads
    assert [(piece.number, piece.first, piece.end) for piece in bar.pieces] == [(1, 0, 400), (2, 400, 700)]
    assert bar.part == 0.7


def test_a_client_that_asks_for_the_whole_begins_anew(download: MakeExchange, state: MakeState) -> None:
    exchanges = (download(1, sent=900, aborted="the client went away"), download(2, sent=200, aborted="it went away"))

    (session,) = clients_view(state(exchanges=exchanges)).sessions

    assert ([piece.number for piece in session.downloads[0].pieces], session.downloads[0].part) == ([2], 0.2)


def test_what_is_on_its_way_belongs_to_the_latest_session_of_its_client(
    download: MakeExchange, exchange: MakeExchange, state: MakeState
) -> None:
    ongoing = Transfer(so_far=replace(download(0, sent=250), outcome=Outcome.ONGOING, transfer=1))
    long_ago = exchange(number=1, agent=UPDATER, started=START - timedelta(hours=2))
    now = state(exchanges=(long_ago, exchange(number=2, agent=UPDATER), exchange(number=3)), ongoing=(ongoing,))

    shown = clients_view(now)

    going_on = {session.steps[-1].number: session.is_going_on for session in shown.sessions}
    assert going_on == {3: False, 2: True, 1: False}
    assert [bar.part for session in shown.sessions for bar in session.downloads] == [0.25]


def test_of_a_long_session_the_latest_steps_are_shown(exchange: MakeExchange, state: MakeState) -> None:
    many = tuple(exchange(number=number) for number in range(1, MOST_STEPS + 6))

    (session,) = clients_view(state(exchanges=many)).sessions

    assert (len(session.steps), session.steps[-1].number, session.left_out) == (MOST_STEPS, MOST_STEPS + 5, 5)


def test_without_a_client_there_is_no_session(state: MakeState) -> None:
    assert clients_view(state()).sessions == ()

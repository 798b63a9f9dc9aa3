"""A file as a bar."""

from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.dashboard.views.bars import WIDTH, bar_of, piece_of
from ota_dev.journal import Exchange, Subject

MakeExchange = Callable[..., Exchange]


def download(exchange: MakeExchange, *, first: int | None = 0, total: int | None = 1000, **said: Any) -> Exchange:
    subject = Subject(resource=Resource.DOWNLOAD, name="Acme-Notes-1.3.0.dmg", first=first, total=total)
    return exchange("/downloads/Acme-Notes-1.3.0.dmg", subject=subject, **said)


def test_a_part_stands_where_it_is_in_the_file(exchange: MakeExchange) -> None:
    piece = piece_of(download(exchange, status=206, first=500, expected=250, sent=125))

    assert piece is not None
    assert (piece.begins_at, piece.asked_width, piece.sent_width) == (500.0, 250.0, 125.0)
    assert (piece.last_asked, piece.end, piece.reached) == (749, 625, 0.625)


def test_the_point_where_it_broke_off_is_a_byte_of_the_file(exchange: MakeExchange) -> None:
    piece = piece_of(download(exchange, sent=410, aborted="the client went away"))

    assert piece is not None
    assert (piece.has_ended_early, piece.end, piece.breaks_at) == (True, 410, 410.0)


def test_a_break_at_either_end_is_seen_whole(exchange: MakeExchange) -> None:
    ends = [piece_of(download(exchange, sent=sent, aborted="it went away")) for sent in (0, 1000)]

    assert [0 < piece.breaks_at < WIDTH for piece in ends if piece] == [True, True]


def test_a_fault_that_claims_more_than_there_is_stays_on_the_bar(exchange: MakeExchange) -> None:
    piece = piece_of(download(exchange, status=206, first=900, expected=5000, sent=5000))

    assert piece is not None
    assert piece.begins_at + piece.asked_width == WIDTH
    assert piece.end == 1000


def test_a_body_in_several_parts_has_a_bar_and_no_piece(exchange: MakeExchange) -> None:
    bar = bar_of(download(exchange, status=206, first=None))

    assert bar is not None
    assert bar.pieces == ()


NO_TRANSFERS: dict[str, dict[str, Any]] = {
    "a question about a file": {"method": "HEAD"},
    "a refusal": {"status": 416},
    "a file of no size": {"total": 0},
    "a size that is not known": {"total": None},
}


@pytest.mark.parametrize("said", NO_TRANSFERS.values(), ids=NO_TRANSFERS)
def test_what_is_no_transfer_has_no_bar(exchange: MakeExchange, said: dict[str, Any]) -> None:
    assert bar_of(download(exchange, **said)) is None


def test_a_feed_has_no_bar(exchange: MakeExchange) -> None:
    assert bar_of(exchange()) is None

"""The list of requests."""

from collections.abc import Callable
from typing import Any

import pytest

from ota_dev.dashboard import State
from ota_dev.dashboard.views.exchanges import MOST_ROWS, exchanges_view, row_of
from ota_dev.journal import Exchange

MakeExchange = Callable[..., Exchange]
MakeState = Callable[..., State]


def test_the_newest_request_is_the_first(exchange: MakeExchange, state: MakeState) -> None:
    shown = exchanges_view(state(exchanges=(exchange(number=1), exchange(number=2))), {})

    assert [row.number for row in shown.rows] == [2, 1]


def test_only_requests_after_the_latest_that_is_shown_are_fetched(exchange: MakeExchange, state: MakeState) -> None:
    shown = exchanges_view(state(exchanges=tuple(exchange(number=number) for number in (1, 2, 3))), {"since": "2"})

    assert ([row.number for row in shown.rows], shown.latest, shown.is_continuation) == ([3], 3, True)


def test_what_came_since_is_over_even_when_none_of_it_passes(exchange: MakeExchange, state: MakeState) -> None:
    shown = exchanges_view(state(exchanges=(exchange(number=7),)), {"since": "2", "client": "Sparkle"})

    assert (shown.rows, shown.latest) == ((), 7)


def test_no_more_rows_are_shown_than_a_browser_bears(exchange: MakeExchange, state: MakeState) -> None:
    many = tuple(exchange(number=number) for number in range(1, MOST_ROWS + 11))

    shown = exchanges_view(state(exchanges=many), {})

    assert (len(shown.rows), shown.rows[0].number, shown.left_out) == (MOST_ROWS, MOST_ROWS + 10, 10)


@pytest.mark.parametrize("since", ["", "-1", "1e3", "x" * 99, "9" * 99, "٣"])
def test_a_number_that_is_none_fetches_everything(exchange: MakeExchange, state: MakeState, since: str) -> None:
    assert len(exchanges_view(state(exchanges=(exchange(number=1),)), {"since": since}).rows) == 1


RESULTS = {
    "an answer": ({"status": 200}, "ok"),
    "a part": ({"status": 206}, "ok"),
    "nothing new": ({"status": 304}, "ok"),
    "another address": ({"status": 302}, "moved"),
    "nothing there": ({"status": 404}, "refused"),
    "a broken server": ({"status": 503}, "failed"),
    "a broken transfer": ({"status": 200, "aborted": "the client went away"}, "aborted"),
}


@pytest.mark.parametrize(("said", "result"), RESULTS.values(), ids=RESULTS)
def test_a_result_has_one_word(exchange: MakeExchange, said: dict[str, Any], result: str) -> None:
    assert row_of(exchange(**said)).result == result

"""Waiting for an expectation to be settled."""

from datetime import UTC, datetime, timedelta

import pytest

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.cli.serving.awaited import Awaited, awaited_of, wait_until_settled
from ota_dev.cli.signals import StopRequests
from ota_dev.journal import Journal, Verdict
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.scenario import choose
from tests.journal.made_up import download, feed

DAY = timedelta(days=1)
NO_DOWNLOAD = Expectation(of_client=Expected.MUST_NOT_DOWNLOAD)


class NewsThatArrives(StopRequests):
    """Has something happen at the moment in which somebody begins to wait."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self.waits = 0

    def get(self, block: bool = True, timeout: float | None = None) -> int:
        self.waits += 1
        for _ in range(3):
            self.journal.record(download())
        return super().get(block, timeout)


def test_an_exchange_ends_the_waiting_once_it_settles_the_matter() -> None:
    journal = Journal()
    journal.record(feed())
    requests = NewsThatArrives(journal)

    wait_until_settled(Awaited(expectation=NO_DOWNLOAD, timeout=DAY), journal, requests)

    assert requests.waits == 1
    assert requests.empty()  # one word for all that came at once


def test_what_is_settled_already_is_not_waited_for() -> None:
    journal = Journal()
    journal.record(feed())
    journal.record(download())
    requests = NewsThatArrives(journal)

    wait_until_settled(Awaited(expectation=NO_DOWNLOAD, timeout=DAY), journal, requests)

    assert requests.waits == 0


def test_a_request_to_end_ends_the_waiting() -> None:
    journal, requests = Journal(), StopRequests()
    requests.put(15)

    wait_until_settled(Awaited(expectation=NO_DOWNLOAD, timeout=DAY), journal, requests)

    assert requests.empty()


def test_the_time_to_retry_ends_the_waiting_without_another_exchange() -> None:
    journal = Journal()
    now = (datetime.now(UTC) - feed().started).total_seconds()
    journal.record(feed(status=503, at=now))
    retry = Expectation(of_client=Expected.MUST_RETRY_WITHIN, within=timedelta(milliseconds=50))
    awaited = Awaited(expectation=retry, timeout=DAY)

    wait_until_settled(awaited, journal, StopRequests())

    assert awaited.judge(journal).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("no-update",), "must-not-download"),
        (("no-update", "wrong-key"), "must-refuse"),
        (("no-update", "phased"), "must-not-download"),
    ],
    ids=["one", "of several, the last", "of several, the only one that expects something"],
)
def test_a_scenario_says_itself_what_is_awaited(names: tuple[str, ...], expected: str) -> None:
    awaited = awaited_of("scenario", None, [choose(name, SCENARIOS) for name in names])

    assert awaited
    assert (str(awaited.expectation), awaited.timeout) == (expected, timedelta(minutes=1))


def test_nothing_is_awaited_unless_it_is_said() -> None:
    assert awaited_of(None, None, [choose("no-update", SCENARIOS)]) is None


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("90s", 90), ("2m", 120)])
def test_a_time_without_a_unit_is_in_seconds(text: str, seconds: int) -> None:
    awaited = awaited_of("must-refuse", text, [])

    assert awaited
    assert awaited.timeout == timedelta(seconds=seconds)

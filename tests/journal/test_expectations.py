from datetime import timedelta

import pytest

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.catalog.resources import Resource
from ota_dev.journal import Exchange, Outcome, Result, Verdict, judge
from tests.journal.made_up import START, download, exchange, feed, numbered

BENT = ("corrupt",)
PASS, FAIL, NOT_SEEN = Verdict.PASS, Verdict.FAIL, Verdict.NOT_SEEN


def broken_feed(version: str = "1.2.0") -> Exchange:
    return feed(version, in_force=BENT, is_broken=True)


def result(name: str, *exchanges: Exchange, at: float = 60) -> Result:
    return judge(
        Expectation(of_client=Expected(name), within=timedelta(seconds=30)),
        numbered(*exchanges),
        START + timedelta(seconds=at),
    )


CASES: dict[str, tuple[str, list[Exchange], Verdict, bool]] = {
    "nobody asked, so nothing can be said of a download": ("must-not-download", [], NOT_SEEN, False),
    "a look at the index is no client": ("must-not-download", [exchange()], NOT_SEEN, False),
    "who asked for the feed alone passes, for now": ("must-not-download", [feed()], PASS, False),
    "who downloads must not": ("must-not-download", [feed(), download()], FAIL, True),
    "who only asks for the size does not download": (
        "must-not-download",
        [feed(), download(method="HEAD", sent=0)],
        PASS,
        False,
    ),
    "a download before the feed is another story": ("must-not-download", [download(), feed()], PASS, False),
    "one whole download is complete": ("must-download-completely", [feed(), download()], PASS, True),
    "two halves are complete": ("must-download-completely", [feed(), download(0, 500), download(500, 500)], PASS, True),
    "half is not complete, for now": ("must-download-completely", [feed(), download(0, 500)], FAIL, False),
    "no download is not complete, for now": ("must-download-completely", [feed()], FAIL, False),
    "without a client nothing is complete": ("must-download-completely", [], NOT_SEEN, False),
    "who stops at a broken feed refuses it": ("must-refuse", [broken_feed()], PASS, False),
    "who goes on from it to download does not refuse": ("must-refuse", [broken_feed(), download()], FAIL, True),
    "who goes on from it to a download under the same scenario does not refuse": (
        "must-refuse",
        [broken_feed(), download(in_force=BENT)],
        FAIL,
        True,
    ),
    "who goes on to ask for the name and size only does not take the next step": (
        "must-refuse",
        [broken_feed(), download(method="HEAD", sent=0)],
        PASS,
        False,
    ),
    "who gets a feed that has healed goes on from that": (
        "must-refuse",
        [broken_feed(), feed(), download()],
        PASS,
        False,
    ),
    "who installs from a feed that has healed does right": (
        "must-refuse",
        [broken_feed("1.2.0"), feed("1.2.0"), download(), feed("1.3.0")],
        PASS,
        False,
    ),
    "who downloads to see that a promise of the feed is wrong refuses": (
        "must-refuse",
        [feed(in_force=BENT), download(), feed(in_force=BENT)],
        PASS,
        False,
    ),
    "who installs what was promised otherwise does not refuse": (
        "must-refuse",
        [feed("1.2.0", in_force=BENT), download(), feed("1.3.0", in_force=BENT)],
        FAIL,
        True,
    ),
    "who installs the whole file after a cut one does right": (
        "must-refuse",
        [feed("1.2.0"), download(0, 500, in_force=BENT), download(), feed("1.3.0")],
        PASS,
        False,
    ),
    "who downloads it broken and asks again as it was refuses": (
        "must-refuse",
        [feed(), download(in_force=BENT), feed()],
        PASS,
        False,
    ),
    "who comes back as the new version has installed it": (
        "must-refuse",
        [feed("1.2.0"), download(in_force=BENT), feed("1.3.0")],
        FAIL,
        True,
    ),
    "there is nothing to refuse when nothing was bent": ("must-refuse", [feed(), download()], NOT_SEEN, False),
    "who comes back for what was cut retries": (
        "must-retry-within",
        [feed(), download(0, 500), download(at=29)],
        PASS,
        True,
    ),
    "who comes back too late does not": ("must-retry-within", [download(0, 500), download(at=31)], FAIL, True),
    "who comes back for something else does not": ("must-retry-within", [download(0, 500), feed(at=1)], FAIL, True),
    "a server error is a failure": ("must-retry-within", [feed(status=503), feed(at=5)], PASS, True),
    "without a failure there is nothing to retry": ("must-retry-within", [feed(), download()], NOT_SEEN, False),
}


@pytest.mark.parametrize("case", CASES)
def test_an_expectation_is_judged_by_what_was_asked(case: str) -> None:
    name, exchanges, verdict, is_settled = CASES[case]

    judged = result(name, *exchanges)

    assert (judged.verdict, judged.is_settled) == (verdict, is_settled)
    assert judged.reason


def test_a_retry_may_still_come_until_its_time_is_over() -> None:
    cut = download(0, 500, outcome=Outcome.ABORTED)

    assert not result("must-retry-within", cut, at=30).is_settled
    assert result("must-retry-within", cut, at=30.1).is_settled


def test_the_time_to_retry_can_be_chosen() -> None:
    expectation = Expectation(of_client=Expected.MUST_RETRY_WITHIN, within=timedelta(minutes=5))

    judged = judge(expectation, numbered(download(0, 500), download(at=200)), START)

    assert judged.verdict is PASS


def test_the_exchange_that_decided_is_named() -> None:
    assert result("must-not-download", feed(), exchange(Resource.NOTES), download()).number == 3

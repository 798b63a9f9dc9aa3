"""What a client is expected to do, judged by what it asked. Pure.

A server sees requests and nothing else, so a client that refuses is one that does not take the next step.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.catalog.resources import Resource
from ota_dev.journal.coverage import Coverage
from ota_dev.journal.exchanges import Exchange

__all__ = ["Result", "Verdict", "judge"]


class Verdict(StrEnum):
    """What became of an expectation."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    NOT_SEEN = "not seen"  # no client did anything that would tell


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What became of an expectation until now."""

    verdict: Verdict
    reason: str  # one sentence
    is_settled: bool = False  # nothing that comes later can change it
    number: int | None = None  # of the exchange that decided it


_NOTHING_BENT = Result(verdict=Verdict.NOT_SEEN, reason="no client has met a scenario or fault")
_NOBODY_ASKED = Result(verdict=Verdict.NOT_SEEN, reason="no client has asked for the feed")


def judge(expectation: Expectation, exchanges: Sequence[Exchange], now: datetime) -> Result:
    """Judge *expectation* by *exchanges*, oldest first, as things stand at *now*."""
    match expectation.of_client:
        case Expected.MUST_NOT_DOWNLOAD:
            return _must_not_download(exchanges)
        case Expected.MUST_DOWNLOAD_COMPLETELY:
            return _must_download_completely(exchanges)
        case Expected.MUST_REFUSE:
            return _must_refuse(exchanges)
        case Expected.MUST_RETRY_WITHIN:
            return _must_retry(exchanges, expectation.within, now)


def _must_not_download(exchanges: Sequence[Exchange]) -> Result:
    if (feed := _first(exchanges, Resource.FEED)) is None:
        return _NOBODY_ASKED
    if download := _first(_after(exchanges, feed), Resource.DOWNLOAD):
        return _failed(download, f"the client asked for {_name(download)}")
    return Result(verdict=Verdict.PASS, reason="the client asked for the feed and for no installer")


def _must_download_completely(exchanges: Sequence[Exchange]) -> Result:
    coverages: dict[str, Coverage] = {}
    compared: set[str] = set()  # the installers of which it has looked up what it lacks
    best = 0.0
    for exchange in _of(exchanges, Resource.DOWNLOAD):
        if exchange.subject is None or not exchange.subject.total or exchange.status not in (200, 206):
            continue
        if exchange.subject.companion_of:
            compared.add(exchange.subject.companion_of)
            continue
        if exchange.subject.name in compared and exchange.status == 206 and not exchange.failed:
            return _passed(exchange, f"the client has the bytes that it lacked of {_name(exchange)}")
        coverage = coverages.setdefault(exchange.subject.name, Coverage())
        coverage.add(exchange)
        best = max(best, part := coverage.part_of(exchange.subject.total))
        if part == 1.0:
            return _passed(exchange, f"the client has every byte of {_name(exchange)}")
    if coverages:
        return Result(verdict=Verdict.FAIL, reason=f"the client has {int(best * 100)} % of the installer")
    if _first(exchanges, Resource.FEED) is None:
        return _NOBODY_ASKED
    return Result(verdict=Verdict.FAIL, reason="the client asked for the feed and for no installer")


def _must_refuse(exchanges: Sequence[Exchange]) -> Result:
    """Judge by what the client had last when it took the next step: an older answer may have been refused."""
    if not any(exchange.in_force and exchange.resource for exchange in exchanges):
        return _NOTHING_BENT
    feed: Exchange | None = None
    bent_download = False
    known: set[str | None] = {None}  # versions of clients, before the latest download
    for exchange in exchanges:
        version = exchange.client.version
        if exchange.method == "HEAD":
            continue
        if exchange.resource is Resource.FEED:
            if bent_download and version not in known:
                return _failed(exchange, f"the client came back as version {version}: it has installed the update")
            feed = exchange
        if exchange.resource is Resource.DOWNLOAD:
            if feed and feed.is_broken:
                return _failed(exchange, f"the client went on to {_name(exchange)}")
            # What is wrong with a promise of the feed, such as a length, shows only now.
            bent_download = bool(exchange.in_force or (feed and feed.in_force))
        known.add(version)
    what = "downloaded it and did not come back as another version" if bent_download else "met it and went no further"
    return Result(verdict=Verdict.PASS, reason=f"the client {what}")


def _must_retry(exchanges: Sequence[Exchange], within: timedelta, now: datetime) -> Result:
    failed = next((exchange for exchange in exchanges if exchange.resource and exchange.failed), None)
    if failed is None:
        return Result(verdict=Verdict.NOT_SEEN, reason="nothing has failed yet")
    seconds = f"{within.total_seconds():g} s"
    for later in _of(_after(exchanges, failed), failed.resource):
        if _name(later) != _name(failed):
            continue
        if later.started - failed.ended <= within:
            return _passed(later, f"the client asked again for {_name(failed)}")
        break
    reason = f"the client has not asked again for {_name(failed)} within {seconds}"
    return Result(verdict=Verdict.FAIL, reason=reason, is_settled=now - failed.ended > within, number=failed.number)


def _of(exchanges: Iterable[Exchange], resource: Resource | None) -> Iterator[Exchange]:
    return (exchange for exchange in exchanges if exchange.resource is resource and exchange.method != "HEAD")


def _first(exchanges: Iterable[Exchange], resource: Resource) -> Exchange | None:
    return next(_of(exchanges, resource), None)


def _after(exchanges: Sequence[Exchange], earlier: Exchange) -> Iterator[Exchange]:
    return (exchange for exchange in exchanges if exchange.number > earlier.number)


def _name(exchange: Exchange) -> str:
    name = exchange.subject.name if exchange.subject else ""
    return name or (exchange.resource.value if exchange.resource else "it")


def _passed(exchange: Exchange, reason: str) -> Result:
    return Result(verdict=Verdict.PASS, reason=reason, is_settled=True, number=exchange.number)


def _failed(exchange: Exchange, reason: str) -> Result:
    return Result(verdict=Verdict.FAIL, reason=reason, is_settled=True, number=exchange.number)

"""What every fault does to an answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.faults import FAULTS
from ota_dev.server.delivery import UNDISTURBED, Delivery, Ending
from ota_dev.server.disturbing import FAULT_HEADER, promises_of
from ota_dev.server.messages import FileBody, Request, Response
from tests.server.disturbing.samples import CONTENT, FEED, Exchange, Strike

BEND_THE_CATALOG = ("wrong-length", "wrong-hash")

DELIVERIES = {
    "latency": Delivery(latency=timedelta(seconds=2)),
    "bandwidth:rate=1MB": Delivery(rate=1_000_000),
    "slow-3g": Delivery(latency=timedelta(seconds=2), rate=50_000),
    "slow-4g": Delivery(latency=timedelta(microseconds=562_500), rate=180_000),
    "fast-4g": Delivery(latency=timedelta(milliseconds=165), rate=1_012_500),
    "stall": Delivery(stall_after=500),
    "stall:after=10,for=3s": Delivery(stall_after=10, stall_for=timedelta(seconds=3)),
    "truncate": Delivery(ending_after=500),
    "truncate:after=5pct": Delivery(ending_after=50),
    "truncate:after=64": Delivery(ending_after=64),
    "reset:after=0": Delivery(ending_after=0, ending=Ending.RESET),
    "empty-response": Delivery(is_silent=True),
    "down": Delivery(is_silent=True, ending=Ending.RESET),
    "slow-3g+truncate": Delivery(latency=timedelta(seconds=2), rate=50_000, ending_after=500),
    "latency:delay=1s+latency:delay=2s": Delivery(latency=timedelta(seconds=3)),
}


def seen(response: Response) -> tuple[object, ...]:
    """Give what a client sees, but for the header that names the fault."""
    headers = {name: value for name, value in response.all_headers.items() if name != FAULT_HEADER}
    body = response.body.flipped if isinstance(response.body, FileBody) else response.body
    return response.status, headers, response.delivery, body


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in BEND_THE_CATALOG])
def test_every_fault_shows_with_its_defaults_alone(name: str, feed: Exchange, download: Exchange) -> None:
    ask = download if Resource.DOWNLOAD in FAULTS[name].about.targets else feed
    part = {"Range": "bytes=0-99"} if ask is download else {}

    true, faulted = ask("", **part), ask(name, **part)

    assert faulted.headers[FAULT_HEADER].partition(":")[0] == name
    assert seen(true) != seen(faulted)


@pytest.mark.parametrize("name", BEND_THE_CATALOG)
def test_a_wrong_promise_is_handed_on_to_bend_the_catalog(
    name: str, feed: Exchange, request_for: Callable[..., Request], strike: Strike
) -> None:
    assert promises_of(strike(f"slow-3g+{name}", request_for("/appcast.xml"), Resource.FEED)) == (FAULTS[name](),)
    assert feed(name).headers[FAULT_HEADER] == name
    assert seen(feed(name)) == seen(feed(""))


@pytest.mark.parametrize(("specs", "delivery"), DELIVERIES.items(), ids=DELIVERIES)
def test_a_fault_of_the_network_is_a_delivery_and_nothing_else(
    specs: str, delivery: Delivery, download: Exchange
) -> None:
    faulted = download(specs)

    assert faulted.delivery == delivery
    assert faulted.all_headers["Content-Length"] == "1000"


def test_per_cent_are_of_the_body_that_is_sent_so_of_a_range_of_that_range(download: Exchange) -> None:
    faulted = download("truncate", Range="bytes=900-")

    assert faulted.all_headers["Content-Length"] == "100"
    assert faulted.delivery == Delivery(ending_after=50)


def test_per_cent_are_of_the_answer_that_took_the_place_of_the_right_one(feed: Exchange) -> None:
    faulted = feed("truncate:target=feed+status")

    assert faulted.delivery == Delivery(ending_after=faulted.length // 2)


def test_without_a_fault_a_response_stays_as_it_is(feed: Exchange) -> None:
    response = feed("")

    assert FAULT_HEADER not in response.headers
    assert response.body == FEED
    assert response.delivery == UNDISTURBED


def test_every_fault_that_strikes_is_named_as_an_address_takes_it(download: Exchange) -> None:
    faulted = download("latency:delay=1s+truncate:after=50pct+malformed-feed+corrupt:bytes=3,seed=7")

    assert faulted.headers[FAULT_HEADER] == "latency:delay=1s, truncate:after=50pct, corrupt:bytes=3,seed=7"


def flipped(response: Response) -> tuple[int, ...]:
    assert isinstance(response.body, FileBody)
    return response.body.flipped


def test_ranges_of_a_corrupt_file_agree(download: Exchange) -> None:
    whole, part = download("corrupt:seed=7"), download("corrupt:seed=7", Range="bytes=500-")

    assert len(flipped(whole)) == 16
    assert flipped(whole) == flipped(part)


def test_two_corruptions_of_a_file_are_both_seen(download: Exchange) -> None:
    both = flipped(download("corrupt:seed=7+corrupt:seed=8"))

    assert set(both) == {*flipped(download("corrupt:seed=7")), *flipped(download("corrupt:seed=8"))}
    assert both == tuple(sorted(both))


def test_a_corrupt_download_keeps_its_validators_so_that_it_can_be_resumed(download: Exchange) -> None:
    assert download("corrupt").headers["ETag"] == download("").headers["ETag"]


def test_a_corrupt_feed_has_other_bytes_and_the_same_length(feed: Exchange) -> None:
    body = feed("corrupt:target=feed,bytes=3").body

    assert isinstance(body, bytes)
    assert sum(one != other for one, other in zip(body, FEED, strict=True)) == 3


@pytest.mark.parametrize("specs", ["malformed-feed", "corrupt:target=feed"])
def test_a_feed_with_other_bytes_has_no_validators_by_which_it_would_be_kept(specs: str, feed: Exchange) -> None:
    assert not {"ETag", "Last-Modified"} & feed(specs).headers.keys()


def test_a_malformed_feed_keeps_its_type_and_says_its_own_length(feed: Exchange) -> None:
    headers = feed("malformed-feed:how=empty").all_headers

    assert headers["Content-Type"] == "application/xml; charset=utf-8"
    assert headers["Content-Length"] == "0"


@pytest.mark.parametrize("specs", ["malformed-feed", "corrupt:target=all"])
def test_the_bytes_of_an_error_are_left_alone(specs: str, feed: Exchange) -> None:
    assert feed(f"status+{specs}").body == feed("status").body


def test_a_client_that_has_the_file_already_gets_the_corrupt_one(download: Exchange) -> None:
    current = {"If-None-Match": download("").headers["ETag"]}

    assert download("", **current).status == 304
    assert len(flipped(download("corrupt", **current))) == 16


def test_without_ranges_a_part_is_answered_with_the_whole(download: Exchange) -> None:
    faulted = download("no-range", Range="bytes=900-", If_Range=download("").headers["ETag"])

    assert (faulted.status, faulted.length) == (200, len(CONTENT))
    assert not {"Accept-Ranges", "Content-Range"} & faulted.headers.keys()

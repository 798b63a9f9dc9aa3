"""Which exchanges pass a filter."""

import pytest

from ota_dev.errors import UsageError
from ota_dev.server.control.filtering import ExchangeFilter
from tests.journal.made_up import download, feed

FEED = feed(number=3, target="/appcast.xml?version=1.2.0", base="/with/stall")
CUT = download(sent=10, number=4, target="/downloads/Acme-Notes-1.3.0.dmg")


@pytest.mark.parametrize(
    ("query", "passing"),
    [
        pytest.param({}, [FEED, CUT], id="no filter"),
        pytest.param({"since": "3"}, [CUT], id="only later ones"),
        pytest.param({"resource": "feed"}, [FEED], id="what was asked for"),
        pytest.param({"client": "acme*"}, [FEED, CUT], id="the app"),
        pytest.param({"client": "sparkle"}, [FEED, CUT], id="the family in any case"),
        pytest.param({"client": "127.*"}, [FEED, CUT], id="the address"),
        pytest.param({"client": "WinSparkle"}, [], id="another family"),
        pytest.param({"path": "*.dmg"}, [CUT], id="the path"),
        pytest.param({"path": "/appcast.xml"}, [FEED], id="the path without its query"),
        pytest.param({"method": "get"}, [FEED, CUT], id="the method in any case"),
        pytest.param({"status": "404"}, [], id="the status"),
        pytest.param({"completed": "false"}, [CUT], id="what was cut"),
        pytest.param({"completed": "true"}, [FEED], id="what was sent whole"),
        pytest.param({"base": "/with/stall"}, [FEED], id="the base"),
        pytest.param({"resource": "download", "completed": "true"}, [], id="several filters"),
    ],
)
def test_what_a_filter_lets_through(query: dict[str, str], passing: list[object]) -> None:
    assert [exchange for exchange in (FEED, CUT) if ExchangeFilter.of(query).lets(exchange)] == passing


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "-1"}, "since is a whole number, not '-1'"),
        ({"since": "9" * 1000}, "since is a whole number"),
        ({"status": "4xx"}, "status is a whole number"),
        ({"resource": "installer"}, "resource is one of feed, signature, notes, download"),
        ({"completed": "yes"}, "completed is true or false"),
        ({"resourse": "feed"}, "there is no parameter 'resourse', .*resource"),
    ],
)
def test_what_a_filter_cannot_be_is_refused(query: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ExchangeFilter.of(query)

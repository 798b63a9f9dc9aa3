"""What faults see of a request, and take out of it."""

from collections.abc import Callable

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.server.disturbing import asked_by, bend_request
from ota_dev.server.messages import Headers, Request
from tests.server.disturbing.samples import Strike

FIELDS = {"Range": "bytes=0-", "If_Range": '"1"', "If_None_Match": '"1"', "If_Modified_Since": "x", "Accept": "*/*"}
ALWAYS = {"host", "accept"}

KEPT = {
    "latency": ALWAYS | {"range", "if-range", "if-none-match", "if-modified-since"},
    "no-range": ALWAYS | {"if-none-match", "if-modified-since"},
    "corrupt": ALWAYS | {"range", "if-range"},
    "malformed-feed": ALWAYS | {"range", "if-range"},
    "no-range+corrupt:target=all": ALWAYS,
}


def test_a_client_is_known_by_family_user_agent_and_address() -> None:
    headers = Headers([("Host", "127.0.0.1"), ("User-Agent", "Acme Notes/1.2 Sparkle/2.9")])
    request = Request.of("GET", "/downloads/a%20b.dmg?x=1", headers, peer="127.0.0.1")

    asked = asked_by(request, Resource.DOWNLOAD)

    assert (asked.resource, asked.path) == (Resource.DOWNLOAD, "/downloads/a b.dmg")
    assert asked.client == ("Sparkle", "Acme Notes/1.2 Sparkle/2.9", "127.0.0.1")


@pytest.mark.parametrize(("specs", "kept"), KEPT.items(), ids=KEPT)
def test_what_would_keep_a_fault_from_showing_is_taken_out(
    specs: str, kept: set[str], request_for: Callable[..., Request], strike: Strike
) -> None:
    request = request_for("/appcast.xml", **FIELDS)
    resource = Resource.FEED if "malformed" in specs else Resource.DOWNLOAD

    bent = bend_request(request, strike(specs, request, resource))

    assert {name for name, _ in bent.headers.items()} == kept
    assert bent.target == request.target

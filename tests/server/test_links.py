from collections.abc import Callable

import pytest

from ota_dev.server.links import links_for
from ota_dev.server.messages import Request


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        (None, "http://localhost:9/downloads/a%20b.zip"),
        ("https://updates.acme.example", "https://updates.acme.example/downloads/a%20b.zip"),
        ("https://updates.acme.example/beta/", "https://updates.acme.example/beta/downloads/a%20b.zip"),
    ],
    ids=["the host that the client used", "a base", "a base with a final slash"],
)
def test_links_lead_below_the_base_url_else_to_the_host_that_the_client_used(
    request_for: Callable[..., Request], base_url: str | None, url: str
) -> None:
    assert links_for(request_for("/appcast.xml", Host="localhost:9"), base_url).download("a b.zip") == url


def test_notes_are_linked_only_where_that_is_asked_for(request_for: Callable[..., Request]) -> None:
    request = request_for("/appcast.xml")

    assert links_for(request, None).notes is None
    assert links_for(request, None, links_notes=True).notes == "http://127.0.0.1:8080/notes/"

"""Exchanges under faults, as values."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.resources import Resource
from ota_dev.publishing import PublishedFile
from ota_dev.scenarios.faults import FaultsInForce, Struck
from ota_dev.scenarios.syntax import parse_specs
from ota_dev.server.disturbing import asked_by, bend_request, disturb
from ota_dev.server.downloads import answer_download
from ota_dev.server.messages import Request, Response
from tests.server.disturbing.samples import CONTENT, FEED, Exchange, Strike


@pytest.fixture
def strike() -> Strike:
    """Give the faults that strike a request: `strike("slow-3g+corrupt", request, Resource.DOWNLOAD)`."""

    def strike_request(specs: str, request: Request, resource: Resource) -> tuple[Struck, ...]:
        faults = FaultsInForce.of(parse_specs(specs) if specs else (), seed=1)
        return faults.for_request(asked_by(request, resource))

    return strike_request


@pytest.fixture
def download(tmp_path: Path, request_for: Callable[..., Request], strike: Strike) -> Iterator[Exchange]:
    """Download `CONTENT` under faults: `download("corrupt:bytes=3", Range="bytes=0-1")`; what is opened is closed."""
    path = tmp_path / "Acme-Notes-1.3.0.dmg"
    path.write_bytes(CONTENT)
    published = PublishedFile(path=path, identity=FileIdentity.of(path.stat()), media_type="application/octet-stream")

    answered: list[Response] = []

    def exchange(specs: str, **headers: str) -> Response:
        request = request_for("/downloads/Acme-Notes-1.3.0.dmg", **headers)
        struck = strike(specs, request, Resource.DOWNLOAD)
        response = answer_download(bend_request(request, struck), path.name, published)
        answered.append(disturb(response, request, struck))
        return answered[-1]

    yield exchange
    for response in answered:
        response.close()


@pytest.fixture
def feed(request_for: Callable[..., Request], strike: Strike) -> Exchange:
    """Ask for `FEED` under faults: `feed("status:code=404")`."""

    def exchange(specs: str, address: str = "/appcast.xml", *, scheme: str = "http") -> Response:
        plain = request_for(address)
        request = Request.of("GET", address, plain.headers, scheme=scheme)
        headers = {
            "Content-Type": "application/xml; charset=utf-8",
            "ETag": '"1"',
            "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT",
        }
        response = Response(status=200, headers=headers, body=FEED, offered="offered 1.3.0")
        return disturb(response, request, strike(specs, request, Resource.FEED))

    return exchange

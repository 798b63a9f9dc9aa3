"""A real Chromium, a server, and somebody who looks at its dashboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ota_dev.dev_server import DevServer
from tests.browser.chromium import chromium
from tests.browser.visiting import Visitor


# For a module and not for all: as long as Playwright runs, the thread of the tests has a running event loop, which
# others could not have beside it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the Chromium that is installed."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, server: DevServer) -> Iterator[Visitor]:
    """Give somebody who looks at the server, and fail when a page complained.

    It complains of errors, of what its policy forbids, and of dialogs.
    """
    visitor = Visitor(browser, server)
    yield visitor
    visitor.close()
    assert visitor.complaints == []


@pytest.fixture
def server(dist: Path, mac_zip: Callable[..., bytes]) -> Iterator[DevServer]:
    """Offer a sample app."""
    for version in ("1.2.0", "1.3.0"):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
    with DevServer(dist) as server:
        server.rescan()
        yield server

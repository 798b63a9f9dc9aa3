"""A real Chromium, a server, and somebody who looks at its dashboard."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor

BROWSER_VARIABLE = "OTA_DEV_CHROMIUM"  # its program, where it has another name or place
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


# For a module and not for all: as long as Playwright runs, the thread of the tests has a running event loop, which
# others could not have beside it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the Chromium that is installed."""
    with sync_playwright() as playwright:
        # It refuses to have a sandbox when root starts it, as in containers.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=_program(), chromium_sandbox=not is_root)
        yield browser
        browser.close()


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


def _program() -> str:
    for name in (os.environ.get(BROWSER_VARIABLE), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise FileNotFoundError(errno.ENOENT, "no browser is installed", NAMES[0])

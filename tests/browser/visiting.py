"""Somebody who looks at the dashboard in a real browser, and the clients that they watch meanwhile."""

import http.client
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, expect

from ota_dev.dev_server import DevServer

PATIENCE = 10_000  # milliseconds; far more than anything here takes
PICTURES_VARIABLE = "OTA_DEV_SCREENSHOTS"  # the folder where pictures are kept; without it there are none

expect.set_options(timeout=PATIENCE)


class Visitor:
    """Opens pages, each in a browser without a past, and remembers everything that a page complains of."""

    def __init__(self, browser: Browser, server: DevServer) -> None:
        self.server = server
        self._heard_complaints: list[str] = []
        self._forgiven: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    @property
    def complaints(self) -> list[str]:
        """Give what pages complained of, but for what is forgiven."""
        heard = self._heard_complaints
        return [complaint for complaint in heard if not any(part in complaint for part in self._forgiven)]

    def browser(self, **options: Any) -> BrowserContext:
        """Give a browser without a past."""
        context = self._browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self._heard_complaints.append(str(error.error)))
        context.on("dialog", self._asked)
        self._contexts.append(context)
        return context

    def open(self, more: str = "", **options: Any) -> Page:
        """Open the address that `serve` prints with *more* behind it, and wait until the page is live."""
        page = self.browser(**options).new_page()
        page.goto(f"{self.server.url}/?token={self.server.token}{more}")
        wait_until_live(page)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def forgive(self, part: str) -> None:
        """Forget the complaints that hold *part*, which the test brought about itself, and those still to come."""
        self._forgiven.append(part)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._heard_complaints.append(message.text)

    def _asked(self, dialog: Dialog) -> None:
        self._heard_complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def wait_until_live(page: Page) -> None:
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")


def rows(page: Page) -> Locator:
    """Give the lines of the list of requests."""
    return page.locator("table.requests tbody tr")


def take_picture(page: Page, name: str) -> None:
    """Keep a picture of what is seen, where somebody wants it."""
    if folder := os.environ.get(PICTURES_VARIABLE):
        Path(folder).mkdir(parents=True, exist_ok=True)
        # Playwright would write the file on a thread that lives as long as the browser.
        Path(folder, f"{name}.png").write_bytes(page.screenshot())


VIEWS = ("requests", "clients", "offer", "findings", "feed", "what-if", "conditions", "setup")


def go_to(page: Page, view: str) -> None:
    """Show a view, and wait until all of it is there."""
    page.locator(f'[data-view-link="{view}"]').click()
    wait_until_there(page, view)


def wait_until_there(page: Page, view: str) -> None:
    for place in page.locator(f"#{view} > [data-panel]").all():
        expect(place.locator("> *").first).to_be_visible()
        expect(place.get_by_text("Loading…").or_(place.get_by_text("正在加载…"))).to_have_count(0)


@contextmanager
def download_under_way(server: DevServer, target: str) -> Iterator[None]:
    """Ask for a file and leave most of it where it is, until the context ends."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE / 1000)
    try:
        connection.request("GET", target, headers={"User-Agent": "Acme Notes/1.2.0 Sparkle/2.9.0"})
        yield
    finally:
        connection.close()


def ask(server: DevServer, *targets: str, agent: str = "Acme Notes/1.2.0 Sparkle/2.9.0") -> list[int]:
    """Ask as a client does, for one thing after the other, and give the status of each answer."""
    return list(_statuses(server, targets, agent))


def _statuses(server: DevServer, targets: Iterable[str], agent: str) -> Iterable[int]:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE / 1000)
    try:
        for target in targets:
            connection.request("GET", target, headers={"User-Agent": agent})
            response = connection.getresponse()
            response.read()
            yield response.status
    finally:
        connection.close()

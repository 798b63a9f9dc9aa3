"""Nobody is shut out: axe finds nothing serious, and screen readers are told what happens, but not all the time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ota_dev.dev_server import DevServer
from ota_dev.translations import LANGUAGES
from tests.browser.visiting import VIEWS, Visitor, ask, download_under_way, go_to

GRAVE = ("serious", "critical")


def grave_findings(page: Page) -> list[str]:
    """Let axe look at the page as it is, and give what shuts people out."""
    findings = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {node['html'][:200]}"
        for finding in findings
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


@pytest.fixture
def eventful(server: DevServer, dist: Path, mac_zip: Callable[..., bytes]) -> DevServer:
    """Give the server with something to show in every view."""
    (dist / "Acme-Notes-1.4.0-beta.1.zip").write_bytes(mac_zip("1.4.0-beta.1"))  # which lint warns about
    (dist / "Acme-Notes-1.4.0-beta.1.md").write_text("- More", "utf-8")
    (dist / "Acme-Notes-1.5.0.zip").write_bytes(b"PK no zip")
    server.rescan()
    return server


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_any_view(visitor: Visitor, eventful: DevServer, scheme: str, language: str) -> None:
    server = eventful
    page = visitor.open(f"&language={language}", color_scheme=scheme, reduced_motion="reduce")
    assert grave_findings(page) == []  # of the empty list

    ask(server, "/appcast.xml", "/nothing-here", "/with/status:code=503/appcast.xml", "/with/redirect/appcast.xml")
    server.choose("critical", "stall:target=download")
    with download_under_way(server, "/downloads/Acme-Notes-1.3.0.zip"):
        page.reload()
        expect(page.locator(".moving .stalled")).to_be_visible()
        expect(page.locator('[data-count="findings"]')).not_to_have_text("")
        for view in VIEWS:
            go_to(page, view)
            page.locator(f"#{view} details").evaluate_all(
                "(all) => all.slice(0, 5).forEach((one) => (one.open = true))"
            )
            assert grave_findings(page) == [], view
        page.locator('[data-view-link="requests"]').click()
        page.locator(".moving .name").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert grave_findings(page) == []

    for fragment in ("#request/2", "#request/3"):
        page.goto(f"{server.url}/?language={language}{fragment}")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert grave_findings(page) == [], fragment
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert grave_findings(page) == []


def test_axe_finds_nothing_grave_where_one_signs_in(visitor: Visitor, server: DevServer) -> None:
    page = visitor.browser().new_page()

    page.goto(f"{server.url}/?token=wrong")

    assert grave_findings(page) == []
    visitor.forgive("401 (Unauthorized)")


def test_new_requests_are_counted_for_screen_readers_and_not_read_out(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/nothing-here")
    page = visitor.open()

    ask(server, "/appcast.xml", "/nothing-here")

    expect(page.locator("#announcer")).to_have_text("New requests: 2")
    assert page.locator("table").locator("xpath=ancestor::*[@aria-live or @role='status' or @role='log']").count() == 0


def test_the_focus_can_be_seen(visitor: Visitor) -> None:
    page = visitor.open()

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Path")).to_have_css("outline-style", "solid")

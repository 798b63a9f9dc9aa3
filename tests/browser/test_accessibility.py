"""Nobody is shut out: axe finds nothing serious, and screen readers are told what happens, but not all the time."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ota_dev.dev_server import DevServer
from ota_dev.translations import LANGUAGES
from tests.browser.visiting import Visitor, ask

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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_any_view(visitor: Visitor, server: DevServer, scheme: str, language: str) -> None:
    page = visitor.open(f"&language={language}", color_scheme=scheme, reduced_motion="reduce")
    assert grave_findings(page) == []  # of the empty list

    ask(server, "/appcast.xml", "/nothing-here", "/with/status:code=503/appcast.xml", "/with/redirect/appcast.xml")
    page.reload()
    for link in page.locator("[data-view-link]").all():
        link.click()
        assert grave_findings(page) == [], link.inner_text()

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

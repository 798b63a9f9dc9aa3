"""The list of requests, as somebody sees it who works on an updater."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, ask, rows, take_picture, wait_until_live

SPARKLE = "Acme Notes/1.2.0 Sparkle/2.9.0"
WINSPARKLE = "Acme Notes/1.3.0 WinSparkle/0.9.3"
DOWNLOAD = "/downloads/Acme-Notes-1.3.0.zip"


def look(page: Page, *, is_hidden: bool) -> None:
    """Bring a tab before or behind others, which a browser without a window does not do."""
    page.evaluate(
        "(hidden) => Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })", is_hidden
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_an_empty_list_says_what_to_do_next(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open()

    expect(page.get_by_text("No client has asked yet.")).to_be_visible()
    expect(page.locator("#empty-feed-url")).to_have_text(server.feed_url)
    take_picture(page, "requests-empty")


def test_requests_appear_as_they_come_with_the_decision(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open()

    ask(server, "/appcast.xml", DOWNLOAD, "/nothing-here")

    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("/nothing-here")
    expect(rows(page).first).to_contain_text("refused")
    expect(rows(page).last).to_contain_text("offered 1.3.0 to 1.2.0")
    assert len(page.evaluate("performance.getEntriesByType('navigation')")) == 1


def test_rows_that_arrive_move_nothing_else(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open()
    before = page.locator("table.requests thead").bounding_box()

    ask(server, DOWNLOAD)
    expect(rows(page)).to_have_count(2)

    assert page.locator("table.requests thead").bounding_box() == before


def test_a_click_opens_everything_about_a_request(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", DOWNLOAD)
    page = visitor.open()

    page.get_by_role("link", name="GET /appcast.xml").click()

    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", level=2)).to_contain_text("/appcast.xml")
    expect(drawer).to_contain_text("offered 1.3.0 to 1.2.0")
    expect(drawer.get_by_role("row", name=re.compile("user-agent", re.IGNORECASE))).to_contain_text(SPARKLE)
    expect(page).to_have_url(f"{server.url}/#request/1")
    take_picture(page, "request")


def test_the_address_of_a_request_opens_it(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", DOWNLOAD)

    page = visitor.open("#request/2")

    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_contain_text(DOWNLOAD)


def test_the_neighbours_of_a_request_are_one_click_away(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", DOWNLOAD)
    page = visitor.open("#request/2")

    page.get_by_role("link", name="Earlier").click()

    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_contain_text("/appcast.xml")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="GET /appcast.xml")).to_be_focused()


def test_the_list_is_filtered_by_client_path_and_status(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", DOWNLOAD, "/nothing-here")
    ask(server, "/appcast.xml", agent=WINSPARKLE)
    page = visitor.open()

    page.get_by_role("searchbox", name="Client").fill("winsparkle")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("searchbox", name="Client").fill("")
    page.get_by_role("searchbox", name="Path").fill("appcast")
    expect(rows(page)).to_have_count(2)
    page.get_by_role("searchbox", name="Path").fill("")
    page.get_by_role("searchbox", name="Status").fill("4xx")

    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("/nothing-here")


def test_only_requests_that_pass_the_filter_appear(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open("&path=appcast")

    ask(server, DOWNLOAD, "/appcast.xml?again")

    expect(rows(page)).to_have_count(2)
    expect(rows(page).first).to_contain_text("again")


def test_the_address_keeps_the_filter(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", DOWNLOAD)
    page = visitor.open()
    page.get_by_role("searchbox", name="Path").fill("appcast")
    page.get_by_role("searchbox", name="Client").fill("acme")
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("path=appcast"))

    other = page.context.new_page()
    other.goto(page.url)

    expect(other.get_by_role("searchbox", name="Path")).to_have_value("appcast")
    expect(other.get_by_role("searchbox", name="Client")).to_have_value("acme")
    expect(rows(other)).to_have_count(1)


def test_a_filter_that_nothing_passes_says_so(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open("&client=nobody")

    expect(page.get_by_text("No request passes the filter.")).to_be_visible()


def test_a_paused_list_stands_still_and_misses_nothing(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open()
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#connection")).to_have_attribute("data-state", "paused")

    ask(server, DOWNLOAD, "/nothing-here")
    expect(page.locator('[data-count="requests"]')).to_have_text("1")
    page.get_by_role("button", name="Resume").click()

    expect(rows(page)).to_have_count(3)


def test_clearing_forgets_the_requests_in_every_tab(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page, other = visitor.open(), visitor.open()

    page.get_by_role("button", name="Clear").click()

    for each in (page, other):
        expect(each.get_by_text("No client has asked yet.")).to_be_visible()
    assert server.journal.exchanges == ()


def test_requests_appear_again_after_clearing(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open()
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("No client has asked yet.")).to_be_visible()

    ask(server, DOWNLOAD)

    expect(rows(page)).to_have_count(1)


def test_what_is_shown_is_exported_as_json(visitor: Visitor, server: DevServer, tmp_path: Path) -> None:
    ask(server, "/appcast.xml", DOWNLOAD)
    page = visitor.open()
    page.get_by_role("searchbox", name="Path").fill("appcast")
    expect(rows(page)).to_have_count(1)

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Export as JSON").click()
    downloading.value.save_as(tmp_path / "requests.json")

    assert downloading.value.suggested_filename == "requests.json"
    [request] = json.loads((tmp_path / "requests.json").read_text())["requests"]
    assert request["number"] == 1


def test_a_reload_and_a_second_tab_lose_nothing(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open()
    ask(server, DOWNLOAD)
    expect(rows(page)).to_have_count(2)

    other = page.context.new_page()
    other.goto(server.url)
    page.reload()

    for each in (page, other):
        expect(rows(each)).to_have_count(2)


def test_more_tabs_can_be_open_than_a_browser_has_connections(visitor: Visitor, server: DevServer) -> None:
    context = visitor.open().context
    for _ in range(8):
        look(context.pages[-1], is_hidden=True)
        page = context.new_page()
        page.goto(server.url)
        wait_until_live(page)

    ask(server, "/appcast.xml")
    expect(rows(page)).to_have_count(1)
    look(context.pages[0], is_hidden=False)

    expect(rows(context.pages[0])).to_have_count(1)


def test_what_is_on_offer_is_shown_as_soon_as_it_has_landed(visitor: Visitor, server: DevServer, dist: Path) -> None:
    page = visitor.open("#offer")
    expect(page.get_by_role("row", name=re.compile("1.3.0"))).to_contain_text("newest")

    (dist / "Acme-Notes-1.3.0.zip").rename(dist / "Acme-Notes-1.3.0.zip.off")
    server.rescan()

    expect(page.get_by_role("row", name=re.compile("1.2.0"))).to_contain_text("newest")


def test_an_address_is_copied(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open(permissions=["clipboard-read", "clipboard-write"])

    page.locator('[data-copy="feed-url"]').click()

    expect(page.locator('[data-copy="feed-url"]')).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == server.feed_url

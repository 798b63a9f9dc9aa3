"""The page bears more requests than anybody can read."""

import pytest
from playwright.sync_api import Page, expect

from ota_dev.dashboard.views.exchanges import MOST_ROWS
from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, ask, rows

LONGEST_FREEZE = 1000  # milliseconds, on a machine that does other work, too
WATCH_FRAMES = """() => {
  window.longestFrame = 0;
  let before = performance.now();
  const frame = (now) => {
    window.longestFrame = Math.max(window.longestFrame, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""


def height_of(page: Page, number: str | None) -> float:
    """Give where on the screen the row of a request is."""
    box = page.locator(f'tr[data-number="{number}"]').bounding_box()
    assert box is not None
    return box["y"]


def test_hundreds_of_requests_a_second_do_not_freeze_the_page(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open()
    page.evaluate(WATCH_FRAMES)

    for batch in range(10):
        ask(server, *(f"/appcast.xml?{batch}-{number}" for number in range(100)))
        page.get_by_role("searchbox", name="Path").fill("appcast"[: batch % 7])  # The page still does what it is told.
    page.get_by_role("searchbox", name="Path").fill("")

    expect(rows(page).first).to_contain_text("9-99")
    expect(rows(page)).to_have_count(MOST_ROWS)
    expect(page.locator('[data-count="requests"]')).to_have_text("1000")
    assert page.evaluate("window.longestFrame") < LONGEST_FREEZE


def test_the_latest_of_a_long_journal_are_shown_and_the_others_counted(visitor: Visitor, server: DevServer) -> None:
    ask(server, *(f"/appcast.xml?{number}" for number in range(500)))

    page = visitor.open()

    expect(rows(page)).to_have_count(MOST_ROWS)
    expect(page.locator(".more")).to_contain_text(f"{500 - MOST_ROWS} earlier ones")


def test_rows_that_leave_the_page_are_counted(visitor: Visitor, server: DevServer) -> None:
    ask(server, *(f"/appcast.xml?{number}" for number in range(MOST_ROWS)))
    page = visitor.open()
    expect(page.locator(".more")).to_be_hidden()

    ask(server, *(f"/appcast.xml?{number}" for number in range(7)))

    expect(page.locator(".more")).to_contain_text("7 earlier ones")
    expect(rows(page)).to_have_count(MOST_ROWS)


def test_new_rows_do_not_move_what_is_being_read(visitor: Visitor, server: DevServer) -> None:
    ask(server, *(f"/appcast.xml?{number}" for number in range(60)))
    page = visitor.open(viewport={"width": 1280, "height": 600})
    number = rows(page).nth(40).get_attribute("data-number")
    rows(page).nth(50).scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 1000
    before = height_of(page, number)

    ask(server, *(f"/appcast.xml?{number}" for number in range(30)))
    expect(rows(page)).to_have_count(90)

    assert height_of(page, number) == pytest.approx(before, abs=1)

"""The page fits where it is looked at; with OTA_DEV_SCREENSHOTS a picture of each is kept, to be looked at."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import VIEWS, Visitor, ask, download_under_way, rows, take_picture, wait_until_there

SCREENS: dict[str, dict[str, Any]] = {
    "narrow": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}},
    "usual": {"viewport": {"width": 1440, "height": 900}},
    "wide": {"viewport": {"width": 2560, "height": 1440}},
}
TARGETS = (
    "/appcast.xml",
    "/downloads/Acme-Notes-1.3.0.zip",
    "/nothing-here",
    "/with/status:code=503/appcast.xml",
    "/with/redirect/appcast.xml",
    f"/downloads/{'a-long-name-' * 8}.dmg?{'and-parameters-' * 8}",
)
SHOWN = (*VIEWS, "request/2")


def fits(page: Page) -> bool:
    """Say whether nothing reaches beyond the sides of the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_view_has_to_be_scrolled_sideways(visitor: Visitor, server: DevServer, screen: str, scheme: str) -> None:
    ask(server, *TARGETS)
    ask(server, "/appcast.xml", agent="WinSparkle/0.9.3")
    page = visitor.open(**SCREENS[screen], color_scheme=scheme)

    with download_under_way(server, "/with/stall/downloads/Acme-Notes-1.3.0.zip"):
        for view in SHOWN:
            page.goto(f"{server.url}/#{view}")
            expect(page.get_by_role("dialog")).to_have_count(int("/" in view))
            if view in VIEWS:
                wait_until_there(page, view)
            take_picture(page, f"{view.partition('/')[0]}-{screen}-{scheme}")
            assert fits(page), view


def test_a_narrow_empty_page_fits(visitor: Visitor) -> None:
    page = visitor.open(**SCREENS["narrow"], color_scheme="dark")

    take_picture(page, "empty-narrow-dark")

    assert fits(page)


def test_everything_is_readable_twice_as_large(visitor: Visitor, server: DevServer) -> None:
    ask(server, *TARGETS)
    page = visitor.open(viewport={"width": 640, "height": 400})

    take_picture(page, "requests-zoomed")

    assert fits(page)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(246, 247, 249)"), ("dark", "rgb(18, 20, 26)")])
def test_the_colours_are_those_that_the_system_prefers(visitor: Visitor, scheme: str, ground: str) -> None:
    page = visitor.open(color_scheme=scheme)

    expect(page.locator("body")).to_have_css("background-color", ground)


def test_nothing_moves_for_who_wants_no_motion(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open(reduced_motion="reduce")

    ask(server, "/appcast.xml", "/nothing-here")
    expect(rows(page)).to_have_count(2)

    assert page.evaluate("document.getAnimations().length") == 0


def test_a_result_is_told_without_its_colour(visitor: Visitor, server: DevServer) -> None:
    ask(server, *TARGETS[:5])
    page = visitor.open()

    words = rows(page).locator(".word").all_inner_texts()

    assert words == ["moved", "failed", "refused", "ok", "ok"]

"""Everything can be done without a mouse."""

from playwright.sync_api import expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, ask, rows


def test_a_request_is_opened_and_closed_and_the_focus_returns(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", "/nothing-here")
    page = visitor.open()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_contain_text("/appcast.xml")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="GET /appcast.xml")).to_be_focused()
    expect(page).to_have_url(f"{server.url}/#requests")


def test_j_and_k_go_on_to_the_neighbours_of_an_open_request(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", "/nothing-here")
    page = visitor.open("#request/2")
    title = page.get_by_role("dialog").get_by_role("heading", level=2)
    expect(title).to_contain_text("/nothing-here")

    for key, shown in (("j", "/appcast.xml"), ("j", "/appcast.xml"), ("k", "/nothing-here")):
        page.keyboard.press(key)
        expect(title).to_contain_text(shown)
        expect(title).to_be_focused()


def test_the_focus_returns_to_the_request_when_others_came_meanwhile(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()

    ask(server, "/nothing-here")
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="GET /appcast.xml")).to_be_focused()


def test_j_and_k_go_down_and_up_and_stay_in_the_list(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml", "/nothing-here")
    page = visitor.open()
    newest, oldest = page.get_by_role("link", name="GET /nothing-here"), page.get_by_role("link", name="GET /appcast")

    for key, focused in (("j", newest), ("j", oldest), ("j", oldest), ("k", newest), ("k", newest)):
        page.keyboard.press(key)
        expect(focused).to_be_focused()


def test_a_slash_goes_to_the_filter_and_escape_leaves_it(visitor: Visitor) -> None:
    page = visitor.open("#offer")

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Path")).to_be_focused()
    page.keyboard.type("jk?/")
    expect(page.get_by_role("searchbox", name="Path")).to_have_value("jk?/")
    page.keyboard.press("Escape")

    expect(page.get_by_role("searchbox", name="Path")).not_to_be_focused()


def test_a_question_mark_shows_the_keys(visitor: Visitor) -> None:
    page = visitor.open()

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("to the next and the previous request")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_with_a_modifier_are_left_to_the_browser(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open()

    page.keyboard.press("Control+j")

    expect(page.get_by_role("link", name="GET /appcast")).not_to_be_focused()


def test_the_first_tab_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_skipping_to_the_content_stays_in_the_view(visitor: Visitor) -> None:
    page = visitor.open("#offer")

    page.get_by_role("link", name="Skip to the content").press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
    expect(page.get_by_role("heading", name="On offer")).to_be_visible()


def test_every_view_is_reached_by_tab_and_enter(visitor: Visitor) -> None:
    page = visitor.open()

    page.get_by_role("link", name="On offer").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="On offer")).to_be_visible()
    expect(page.get_by_role("heading", name="Requests")).to_be_hidden()

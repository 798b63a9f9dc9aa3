"""Only who opens the printed address sees the dashboard."""

from playwright.sync_api import expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, take_picture


def test_the_printed_address_leads_to_one_without_the_token_and_leaves_a_strict_cookie(
    visitor: Visitor, server: DevServer
) -> None:
    page = visitor.open("&path=appcast")

    assert page.url == f"{server.url}/?path=appcast"
    [cookie] = page.context.cookies()
    assert (cookie["name"], cookie["value"]) == (f"ota-dev-{server.port}", server.token)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert page.evaluate("document.cookie") == ""


def test_without_the_token_it_says_how_to_sign_in_and_nothing_else(visitor: Visitor, server: DevServer) -> None:
    page = visitor.browser().new_page()

    response = page.goto(server.url)

    assert response is not None
    assert response.status == 401
    expect(page.get_by_role("main")).to_contain_text("use the address that ota-dev serve printed")
    expect(page.get_by_text("Acme Notes")).to_have_count(0)
    take_picture(page, "sign-in")
    visitor.forgive("401 (Unauthorized)")


def test_a_wrong_token_is_refused_in_the_language_of_the_browser(visitor: Visitor, server: DevServer) -> None:
    page = visitor.browser(locale="zh-CN").new_page()

    response = page.goto(f"{server.url}/?token=of-another-run")

    assert response is not None
    assert response.status == 401
    expect(page.get_by_role("alert")).to_contain_text("令牌")
    assert page.context.cookies() == []
    visitor.forgive("401 (Unauthorized)")

"""The page speaks Chinese to who wants it, everywhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import VIEWS, Visitor, ask, go_to, rows, take_picture

LATIN = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2}")  # Single terms of the field stand in Chinese texts, too.
CHINESE = re.compile("[\u4e00-\u9fff]")
# What is data, or a name, is the same in every language: of files, headers, clients, systems, formats, the keyboard.
DATA = (
    "code, kbd, pre, time, .brand, .languages, .who, .request, .target, .method, .decision, .offers, .file, .headers, "
    ".facts dd, .installers td, .card-head, .card h3, [data-panel] dt, option, .media-type, body [lang=en], "
    "summary .unseen, .choice :is(h4, input, select, button)"
)
NAMES = re.compile(
    r"“[^”]+”|Acme Notes|ota-dev( serve| lint)?|App Transport Security|Tauri|Mac|https?|JSON|curl|dashboard|ms|kB|MB"
    r"|TLS|zh-CN|macos"
)
TEXTS = """(data) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.parentElement.closest(`script, template, ${data}`)) texts.push(text.data.trim());
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest(data)) texts.push(element.getAttribute(name));
  for (const element of document.querySelectorAll("#words")) texts.push(...Object.values(element.dataset));
  return texts;
}"""


def untranslated(page: Page) -> list[str]:
    """Find texts of the page itself that are not Chinese, or not all through, hidden ones as well."""
    texts: list[str] = page.evaluate(TEXTS, DATA)
    own = [(text, NAMES.sub("", text.replace("{count}", ""))) for text in texts]
    return [text for text, rest in own if (SENTENCE if CHINESE.search(rest) else LATIN).search(rest)]


def test_a_browser_that_prefers_chinese_gets_chinese(visitor: Visitor) -> None:
    page = visitor.open(locale="zh-CN")

    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("#connection")).to_have_text("实时")
    take_picture(page, "requests-empty-zh")


def test_the_language_is_chosen_by_address_and_by_link(visitor: Visitor) -> None:
    page = visitor.open("&language=zh&path=appcast")
    expect(page.locator("html")).to_have_attribute("lang", "zh")

    page.get_by_role("link", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("searchbox", name="Path")).to_have_value("appcast")


def test_what_is_filtered_stays_filtered_in_another_language(visitor: Visitor) -> None:
    page = visitor.open()
    page.get_by_role("searchbox", name="Path").fill("appcast")
    expect(page).to_have_url(re.compile("path=appcast"))

    page.get_by_role("link", name="中文").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator('input[name="path"]')).to_have_value("appcast")


def test_what_arrives_later_is_in_the_language_of_the_page(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open("&language=zh")

    ask(server, "/nothing-here")

    expect(rows(page).locator(".word")).to_have_text("被拒绝")


@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "with requests"])
def test_nothing_of_the_page_is_left_untranslated(visitor: Visitor, server: DevServer, is_empty: bool) -> None:
    if not is_empty:
        ask(server, "/appcast.xml", "/nothing-here", "/with/status:code=503/appcast.xml")
    page = visitor.open("&language=zh")
    for view in VIEWS:
        go_to(page, view)
        assert untranslated(page) == [], view

    if not is_empty:
        page.goto(f"{server.url}/?language=zh#request/2")
        expect(page.get_by_role("dialog")).to_be_visible()
        take_picture(page, "request-zh")
        assert untranslated(page) == []


def test_the_page_for_who_is_not_signed_in_is_translated(visitor: Visitor, server: DevServer) -> None:
    page = visitor.browser(locale="zh-CN").new_page()

    page.goto(server.url)

    assert untranslated(page) == []
    visitor.forgive("401 (Unauthorized)")


def test_the_finder_of_untranslated_text_finds_it(visitor: Visitor) -> None:
    page = visitor.open()

    assert {"Requests", "On offer", "Pause"} <= set(untranslated(page))

"""What one does in each view beside the list of requests."""

import re
from collections.abc import Callable
from http.client import IncompleteRead
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, ask, download_under_way, go_to, take_picture

DOWNLOAD = "/downloads/Acme-Notes-1.3.0.zip"


def test_a_scenario_is_put_in_force_and_taken_back(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open("#conditions")

    page.get_by_role("button", name="Put no-update in force alone").click()

    expect(page.locator(".condition")).to_contain_text("no-update")
    assert server.conditions.current.names == ("no-update",)
    page.locator('[data-key="bar-normal"]').click()
    expect(page.locator(".condition")).to_have_text("Normal")
    assert not server.conditions.current


def test_a_scenario_is_put_in_force_by_keys_alone(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open()

    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Put normal in force alone")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Put update-available in force alone")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".condition")).to_contain_text("update-available")
    expect(page.get_by_role("button", name="Put update-available in force alone")).to_be_focused()
    assert server.conditions.current.names == ("update-available",)


def test_a_fault_with_a_wrong_parameter_is_refused_where_it_was_chosen(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open("#conditions")
    card = page.locator('[data-choose][data-name="status"]')
    card.get_by_text("Whom it concerns").click()

    card.get_by_role("textbox", name="code").fill("200")
    page.get_by_role("button", name="Add status").click()
    expect(card.get_by_role("alert")).to_contain_text("400 to 599")
    card.get_by_role("textbox", name="code").fill("503")
    expect(card.locator("[data-address]")).to_have_text(f"{server.url}/with/status:code=503/appcast.xml")
    page.get_by_role("button", name="Add status").click()

    expect(page.locator(".condition")).to_contain_text("status:code=503")
    expect(card.get_by_role("alert")).to_be_hidden()
    assert ask(server, "/appcast.xml") == [503]
    page.get_by_role("button", name="Back to normal").last.click()
    expect(page.locator(".condition")).to_have_text("Normal")
    visitor.forgive("400 (Bad Request)")


def test_what_a_client_would_do_is_answered_and_the_address_keeps_the_question(
    visitor: Visitor, server: DevServer
) -> None:
    page = visitor.open("#what-if")
    expect(page.get_by_role("heading", name="Offers 1.3.0")).to_be_visible()

    page.get_by_role("textbox", name="Installed version").fill("1.3.0")

    expect(page.get_by_role("heading", name="Offers nothing")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^1.2.0"))).to_contain_text("is older than the installed 1.3.0")
    expect(page.locator("#announcer")).to_have_text("Offers nothing")
    expect(page).to_have_url(re.compile("if-version=1.3.0.*#what-if"))
    page.get_by_role("combobox", name="Client").select_option("winsparkle")
    expect(page.locator("#what-if")).to_contain_text("is marked for macos")
    assert server.journal.exchanges == ()


def test_a_transfer_is_shown_and_what_stalls_is_released(visitor: Visitor, server: DevServer) -> None:
    server.choose("stall:target=download")
    page = visitor.open()
    expect(page.get_by_text("Nothing is on its way.")).to_be_visible()

    with download_under_way(server, DOWNLOAD):
        row = page.locator(".moving li")
        expect(row).to_contain_text("stalled")
        row.get_by_role("link").click()
        expect(page.get_by_role("dialog")).to_contain_text("on its way")
        page.keyboard.press("Escape")
        row.get_by_role("button", name="Release").click()

        expect(page.get_by_text("Nothing is on its way.")).to_be_visible()
    expect(page.locator("table.requests")).to_contain_text("stalled after")


def test_a_transfer_that_broke_off_shows_its_bytes_and_its_throughput(
    visitor: Visitor, server: DevServer, dist: Path, mac_zip: Callable[..., bytes]
) -> None:
    (dist / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0", size=60_000))
    server.rescan()
    ask(server, "/with/bandwidth:rate=100kB/downloads/Acme-Notes-1.4.0.zip")
    with pytest.raises(IncompleteRead):
        ask(server, "/with/truncate/downloads/Acme-Notes-1.4.0.zip")
    page = visitor.open("#request/2")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Broke off at byte")
    expect(drawer.locator(".file-bar .break")).to_have_count(1)

    page.keyboard.press("j")

    expect(drawer.get_by_role("img", name=re.compile("Throughput over"))).to_be_visible()
    take_picture(page, "transfer")


def test_findings_are_shown_with_what_happens_and_the_correction(
    visitor: Visitor, server: DevServer, dist: Path, mac_zip: Callable[..., bytes]
) -> None:
    page = visitor.open("#findings")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()

    (dist / "Acme-Notes-1.4.0-beta.1.zip").write_bytes(mac_zip("1.4.0-beta.1"))
    server.rescan()

    finding = page.locator("#findings article").first
    expect(finding).to_contain_text("version-prerelease")
    expect(finding).to_contain_text("What happens")
    expect(page.locator('[data-count="findings"]')).not_to_have_text("")
    take_picture(page, "findings")


def test_instructions_are_copied(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open("#setup", permissions=["clipboard-read", "clipboard-write"])

    page.locator('[data-copy="setup-sparkle-1"]').click()

    expect(page.locator('[data-copy="setup-sparkle-1"]')).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"defaults write com.example.acme-notes SUFeedURL {server.feed_url}"


def test_the_feed_is_shown_and_downloaded(visitor: Visitor, server: DevServer, tmp_path: Path) -> None:
    page = visitor.open("#feed")
    expect(page.get_by_role("region", name="Text of the feed")).to_contain_text("<sparkle:version>1.3.0")
    page.get_by_role("combobox", name="System").select_option("linux")
    expect(page.locator("#feed-shown-url")).to_have_text(f"{server.url}/appcast.xml?os=linux")
    assert server.journal.exchanges == ()

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download").click()
    downloading.value.save_as(tmp_path / "appcast.xml")

    assert (tmp_path / "appcast.xml").read_text("utf-8").startswith("<?xml")


def test_another_language_keeps_the_view_and_the_question(visitor: Visitor) -> None:
    page = visitor.open("&if-version=1.1.0#what-if")

    page.get_by_role("link", name="中文").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("#what-if")).to_be_visible()
    expect(page.locator("#if-version")).to_have_value("1.1.0")


def test_what_is_selected_stays_while_clients_come(visitor: Visitor, server: DevServer) -> None:
    ask(server, "/appcast.xml")
    page = visitor.open("#clients")
    page.locator(".session .steps a").first.select_text()
    selected = page.evaluate("String(getSelection())")

    ask(server, "/appcast.xml", agent="Other/2.0 WinSparkle/0.9.3")
    expect(page.locator('[data-count="requests"]')).to_have_text("2")
    go_to(page, "clients")

    assert page.evaluate("String(getSelection())") == selected
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".session")).to_have_count(2)


def test_notes_are_shown_and_nothing_in_them_runs(visitor: Visitor, server: DevServer, dist: Path) -> None:
    (dist / "Acme-Notes-1.3.0.html").write_text("<h1>New</h1><script>alert(1)</script>", "utf-8")
    server.rescan()
    page = visitor.open("#offer")

    page.get_by_text("Release notes of 1.3.0").click()

    notes = page.frame_locator("iframe[title='Release notes of 1.3.0']")
    expect(notes.get_by_role("heading", name="New")).to_be_visible()
    take_picture(page, "notes")
    visitor.forgive("Blocked script execution")

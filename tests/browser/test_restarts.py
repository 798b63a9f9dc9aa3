"""An open page outlives its server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from playwright.sync_api import expect

from ota_dev.config import ServerSettings
from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, ask, rows, take_picture, wait_until_live

GONE = ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE")


@contextmanager
def started(settings: ServerSettings, visitor: Visitor) -> Iterator[DevServer]:
    """Serve as `ota-dev serve` does, at a port of its own, and let the visitor see that."""
    with DevServer(settings) as server:
        server.rescan()
        visitor.server = server
        yield server


def settings_of(server: DevServer) -> ServerSettings:
    """Give settings that remember, with a port that is free since *server* is gone."""
    return replace(server.settings, port=server.port, remember=True)


def forgive_the_end(visitor: Visitor) -> None:
    for part in GONE:
        visitor.forgive(part)


def test_a_page_says_that_its_server_is_gone(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open()

    server.__exit__()

    expect(page.locator("#connection")).to_contain_text("No connection to the server")
    take_picture(page, "lost")
    forgive_the_end(visitor)


def test_a_page_finds_its_restarted_server_by_itself_and_says_so(visitor: Visitor, server: DevServer) -> None:
    settings = settings_of(server)
    server.__exit__()
    with started(settings, visitor) as first:
        ask(first, "/appcast.xml", "/before")
        page = visitor.open()
        expect(rows(page)).to_have_count(2)

    expect(page.locator("#connection")).to_have_attribute("data-state", "lost")
    with started(settings, visitor) as second:
        ask(second, "/after")
        expect(page.locator("#connection")).to_contain_text("the server was restarted")
        take_picture(page, "restarted")
        expect(rows(page)).to_have_count(1)
        ask(second, "/later")

        expect(rows(page)).to_have_count(2)
        expect(rows(page).first).to_contain_text("/later")
        page.close()
    forgive_the_end(visitor)


def test_a_page_whose_token_no_longer_fits_says_what_to_do_and_lives_on_after_that(
    visitor: Visitor, server: DevServer
) -> None:
    settings = replace(settings_of(server), remember=False)
    server.__exit__()
    with started(settings, visitor):
        page = visitor.open()

    with started(settings, visitor) as second:
        expect(page.locator("#connection")).to_contain_text("open the address it printed")
        other = page.context.new_page()
        other.goto(f"{second.url}/?token={second.token}")

        wait_until_live(other)
        expect(page.locator("#connection")).to_have_attribute("data-state", "restarted")
        page.close()
        other.close()
    forgive_the_end(visitor)
    visitor.forgive("401 (Unauthorized)")

"""Nothing that a client or a file says becomes markup; `visitor` fails a test in which a dialog came up."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from ota_dev.dev_server import DevServer
from tests.browser.visiting import Visitor, ask, rows, take_picture

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
HOSTILE = "img, table script, [onerror]"


def test_what_a_client_says_of_itself_is_text(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open()

    ask(server, f"/{MARKUP.replace(' ', '%20')}", agent=f"{MARKUP}/1.2.0 WinSparkle/0.9.3")
    expect(rows(page)).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog").get_by_role("cell", name=MARKUP)).to_be_visible()
    expect(page.locator(HOSTILE)).to_have_count(0)
    take_picture(page, "hostile-client")


def test_the_name_of_a_file_and_of_an_app_are_text(
    visitor: Visitor, server: DevServer, dist: Path, mac_zip: Callable[..., bytes]
) -> None:
    name = "Acme-Notes-2.0.0-<img src=x onerror=alert(1)>.zip"
    (dist / name).write_bytes(mac_zip("2.0.0", name="<script>alert(2)<script>"))
    (dist / "<img src=x onerror=alert(3)>.txt.zip").write_bytes(b"PK no zip")
    server.rescan()
    ask(server, f"/downloads/{quote(name)}")

    page = visitor.open("#offer")

    expect(page.get_by_role("cell", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="<script>alert(2)<script>")).to_be_visible()
    expect(page.get_by_text("<img src=x onerror=alert(3)>.txt.zip", exact=True)).to_be_visible()
    expect(page.locator(HOSTILE)).to_have_count(0)


def test_a_hostile_filter_in_the_address_is_text(visitor: Visitor) -> None:
    hostile = f'">{MARKUP}'

    page = visitor.open(f"&path={quote(hostile)}")

    expect(page.get_by_role("searchbox", name="Path")).to_have_value(hostile)
    expect(page.locator(HOSTILE)).to_have_count(0)


@pytest.mark.parametrize("fragment", ["#request/../offer", "#request/", "#request", "#<img src=x>", "#__proto__", "#"])
def test_a_hostile_fragment_opens_nothing(visitor: Visitor, fragment: str) -> None:
    page = visitor.open(fragment)

    expect(page.get_by_role("heading", name="Requests")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_endless_names_stay_in_their_place(visitor: Visitor, server: DevServer) -> None:
    page = visitor.open(viewport={"width": 1280, "height": 720})

    ask(server, f"/{'x' * 4000}", agent=f"{'Acme' * 200}/1 Sparkle/2.9.0")
    expect(rows(page)).to_have_count(1)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

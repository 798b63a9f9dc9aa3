"""`ota-dev serve --static`: the feed of production, rehearsed on this machine, with real requests."""

from collections.abc import Callable
from pathlib import Path

import requests

from ota_dev.feeds.appcast.reading import read_appcast
from tests.journeys.serving import LIMIT, Serving

Serve = Callable[..., Serving]
MakeZip = Callable[..., bytes]

FEED = """\
<?xml version="1.0" encoding="windows-1252"?>
<rss version="2.0" xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle"><channel><item>
  <title>Föhn</title>
  <sparkle:releaseNotesLink>https://acme.example/notes/1.3.0.html</sparkle:releaseNotesLink>
  <enclosure url="https://acme.example/Acme%20Notes%201.3.0.zip" sparkle:version="1.3.0"/>
</item></channel></rss>
"""


def get(url: str) -> requests.Response:
    return requests.get(url, timeout=LIMIT)


def test_the_file_is_answered_byte_for_byte_and_anew_when_it_changes(serve: Serve, dist: Path) -> None:
    serving = serve("--static")
    url = serving.url()
    missing = get(f"{url}/appcast.xml")

    (dist / "appcast.xml").write_bytes(FEED.encode("cp1252"))
    serving.wait_for("+ appcast.xml -> /appcast.xml is the file of that name")
    first = get(f"{url}/appcast.xml")
    again = requests.get(f"{url}/appcast.xml", headers={"If-None-Match": first.headers["ETag"]}, timeout=LIMIT)
    (dist / "appcast.xml").write_bytes(FEED.encode("cp1252") + b"<!-- 2 -->\n")
    serving.wait_for("~ appcast.xml")
    second = get(f"{url}/appcast.xml?os=windows")
    (dist / "appcast.xml").unlink()
    serving.wait_for("- appcast.xml -> /appcast.xml is gone")

    assert missing.status_code == get(f"{url}/appcast.xml").status_code == 404
    assert missing.text.endswith(" holds no appcast.xml to serve as it is: put it there, or start without --static.\n")
    assert (first.status_code, first.content) == (200, FEED.encode("cp1252"))
    assert first.headers["Content-Type"] == "application/xml; charset=windows-1252"
    assert again.status_code == 304
    assert second.content == first.content + b"<!-- 2 -->\n"
    assert serving.said("the file appcast.xml") != []


def test_a_production_feed_is_rehearsed_with_what_is_in_the_folder(serve: Serve, dist: Path, mac_zip: MakeZip) -> None:
    (dist / "appcast.xml").write_bytes(FEED.encode("cp1252"))
    (dist / "Acme Notes 1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    serving = serve("--static", "--rewrite-urls")
    url = serving.url()
    serving.wait_for("static    /appcast.xml is ")

    (dist / "1.3.0.html").write_text("<p>Faster</p>")
    serving.wait_for("+ 1.3.0.html")
    feed = get(f"{url}/appcast.xml")

    (item,) = read_appcast(feed.content).items
    notes = get(next(item.notes_links).text)
    assert item.text("title") == "Föhn"
    assert get(item.enclosures[0].url).content == mac_zip("1.3.0")
    assert (notes.text, notes.headers["Content-Type"]) == ("<p>Faster</p>", "text/html")
    assert "Content-Disposition" not in notes.headers
    assert get(f"{url}/appcast-macos.xml").text.count("Föhn") == 0


def test_urls_are_rewritten_only_in_a_static_feed(serve: Serve) -> None:
    serving = serve("--rewrite-urls")

    assert serving.end() == 2
    assert serving.lines == ["ota-dev: --rewrite-urls is about the feed of --static: give both"]

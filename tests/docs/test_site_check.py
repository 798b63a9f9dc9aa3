"""What is found wrong with a built site."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docs.making.site_check import broken, elsewhere, references

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a page beside `other.html`, which has a heading `there`."""
    (tmp_path / "other.html").write_text('<h2 id="there">There</h2>')
    (tmp_path / "remote.css").write_text('@import "https://cdn.example/a.css"; body { background: url(gone.png) }')

    def write(html: str) -> Path:
        (tmp_path / "page.html").write_text(html)
        return tmp_path / "page.html"

    return write


FINE = {
    "a page": '<a href="other.html">',
    "a heading of another page": '<a href="other.html#there">',
    "a heading of this page": '<h2 id="here"><a href="#here">',
    "a page with a query": '<a href="other.html?v=1#there">',
    "a picture within the page": '<img src="data:image/svg+xml;base64,AA==">',
    "a link elsewhere": '<a href="https://example.com/">',
}


@pytest.mark.parametrize("html", FINE.values(), ids=FINE)
def test_what_leads_somewhere_is_fine(write: Write, html: str) -> None:
    assert broken(references(write(html))) == []


BROKEN = {
    "a missing page": ('<a href="gone.html">', ["gone.html"]),
    "a missing heading": ('<a href="other.html#gone">', ["other.html#gone"]),
    "a missing heading of this page": ('<a href="#gone">', ["#gone"]),
    "a missing picture": ('<img src="gone.png">', ["gone.png"]),
    "a script from elsewhere": ('<script src="https://cdn.example/a.js">', ["https://cdn.example/a.js"]),
    "a style sheet of another scheme": ('<link rel="stylesheet" href="//cdn.example/a.css">', ["//cdn.example/a.css"]),
    "what a style sheet fetches": (
        '<link rel="stylesheet" href="remote.css">',
        ["https://cdn.example/a.css", "gone.png"],
    ),
}


@pytest.mark.parametrize(("html", "addresses"), BROKEN.values(), ids=BROKEN)
def test_what_leads_nowhere_or_comes_from_elsewhere_is_found(write: Write, html: str, addresses: list[str]) -> None:
    found = broken(references(write(html)))

    assert sorted(each.address for each in found) == sorted(addresses)


def test_links_elsewhere_are_listed(write: Write) -> None:
    found = elsewhere(references(write('<a href="https://example.com/"><img src="https://example.com/a.png">')))

    assert [each.address for each in found] == ["https://example.com/"]

"""Every page is found by who looks for it, and every link in one leads somewhere."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.making.pages import DOCS, ROOT, SECTIONS, headings, links, pages

PAGES = {page.relative_to(ROOT).as_posix(): page for page in pages()}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    dead = [link for link in links(page) if not urlsplit(link).scheme and not leads_somewhere(page, link)]

    assert not dead


def leads_somewhere(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    target = page.parent / unquote(parts.path) if parts.path else page
    return target.exists() and (not parts.fragment or parts.fragment in headings(target))


def test_every_page_of_the_site_is_in_a_section() -> None:
    stray = [page for page in DOCS.glob("*.md") if page.name != "index.md"]

    assert not stray, f"move each into a folder of docs/: {', '.join(SECTIONS)}"


def test_the_index_leads_to_every_page_but_the_further_decisions() -> None:
    listed = {(DOCS / link).resolve() for link in links(DOCS / "index.md")}

    expected = {page for page in DOCS.glob("*/*.md") if page.parent.name != "decisions"}
    assert expected <= listed

"""What the pages of a built site refer to: links lead somewhere, and nothing that shows a page comes from elsewhere.

Reads HTML files and style sheets below the site, and no network.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["Reference", "broken", "elsewhere", "references"]

_LINKS = {("a", "href"), ("area", "href"), ("form", "action")}
_ADDRESSES = {"href", "src", "action", "data", "poster", "srcset"}
_IN_STYLE_SHEETS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """An address in a page or style sheet."""

    page: Path
    address: str
    is_link: bool  # one follows it; anything else is fetched to show the page

    @property
    def is_elsewhere(self) -> bool:
        """Whether another server would have to answer."""
        parts = urlsplit(self.address)
        return bool(parts.netloc) or parts.scheme in {"http", "https"}


def references(page: Path) -> Iterator[Reference]:
    """Find the addresses in a page, and in the style sheets that it uses."""
    for tag, attribute, address in _read(page).addresses:
        yield Reference(page=page, address=address, is_link=(tag, attribute) in _LINKS)
        if address.partition("?")[0].endswith(".css") and _target(page, address).is_file():
            yield from _in_style_sheet(_target(page, address))


def elsewhere(found: Iterable[Reference]) -> Iterator[Reference]:
    """Give the links that lead off the site."""
    return (each for each in found if each.is_link and each.is_elsewhere)


def broken(found: Iterable[Reference]) -> list[Reference]:
    """Give the references that lead nowhere, and those that show the page but are elsewhere."""
    return [each for each in found if (not each.is_link if each.is_elsewhere else not _leads_somewhere(each))]


@cache
def _in_style_sheet(sheet: Path) -> tuple[Reference, ...]:
    text = sheet.read_text("utf-8")
    addresses = (match[1] or match[2] for match in _IN_STYLE_SHEETS.finditer(text))
    return tuple(Reference(page=sheet, address=address, is_link=False) for address in addresses)


def _leads_somewhere(reference: Reference) -> bool:
    parts = urlsplit(reference.address)
    if parts.scheme in {"data", "mailto"}:
        return True
    target = _target(reference.page, reference.address)
    if target.suffix != ".html" or not parts.fragment:
        return target.exists()
    return target.is_file() and unquote(parts.fragment) in _read(target).names


def _target(page: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path)
    return (page.parent / path).resolve() if path else page


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str, str]] = []  # tag, attribute, address
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for attribute, value in attrs:
            if attribute == "id" and value:
                self.names.add(value)
            if attribute in _ADDRESSES and value:
                self.addresses.append((tag, attribute, value))


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page

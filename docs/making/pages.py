"""The pages that people read, as a forge reads them: where they are, and what they link to. Reads `docs/` and the
Markdown files beside it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["DOCS", "MARKDOWN", "ROOT", "SECTIONS", "code_in_sentences", "headings", "links", "pages"]

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
SECTIONS = ("tutorial", "how-to", "reference", "explanation", "decisions")

MARKDOWN = MarkdownIt("commonmark").enable("table")
_IN_HTML = re.compile(r'\b(?:href|src|srcset)="([^"]+)"')


def pages() -> list[Path]:
    """List every page: those of the site, and those beside it such as README.md."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def links(page: Path) -> Iterator[str]:
    """Give the target of every link and picture of a page, and of those in the HTML within it."""
    for token in _inline(page):
        target = token.attrGet("href") or token.attrGet("src")
        if target:
            yield str(target)
    for block in MARKDOWN.parse(page.read_text("utf-8")):
        if block.type == "html_block":
            yield from _IN_HTML.findall(block.content)


def code_in_sentences(page: Path) -> Iterator[str]:
    """Give every piece of code that stands within a sentence."""
    return (token.content for token in _inline(page) if token.type == "code_inline")


def headings(page: Path) -> set[str]:
    """Give the names under which the headings of a page can be linked to."""
    tokens = MARKDOWN.parse(page.read_text("utf-8"))
    texts = (after.children or [] for before, after in pairwise(tokens) if before.type == "heading_open")
    return {_anchor("".join(token.content for token in children)) for children in texts}


def _inline(page: Path) -> Iterator[Token]:
    for block in MARKDOWN.parse(page.read_text("utf-8")):
        yield from block.children or ()


def _anchor(heading: str) -> str:
    """Name a heading as GitHub does."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")

"""Markdown made into HTML that a client can show. Pure. The only user of the Markdown library.

HTML in the source is shown as text, since whoever writes notes should not be able to run anything in the app that shows
them. A link leads to http, https or mailto, and an image comes from http or https; of any other only the text stays.
The library is imported with the first notes, since many folders have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

__all__ = ["LONGEST_MARKDOWN", "to_html"]

LONGEST_MARKDOWN = 128 * 1024  # characters; twice as many brackets would take the library four times as long

_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_IMAGE = re.compile(r"https?://", re.IGNORECASE)


def to_html(markdown: str) -> str:
    """Render CommonMark with tables and strikethrough.

    Raises:
        ValueError: it is longer than `LONGEST_MARKDOWN`.
    """
    if len(markdown) > LONGEST_MARKDOWN:
        raise ValueError(f"it has more than {LONGEST_MARKDOWN:,} characters of Markdown, shorten it")
    html: str = _parser().render(markdown)
    return html


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # What a link may lead to is decided on the finished tokens: the library's own check leaves the Markdown as text.
    parser.validateLink = _any_link  # type: ignore[method-assign]  # the library's documented way
    parser.core.ruler.push("safe_links", _keep_safe_links)
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001  # the library's signature
    return True


def _keep_safe_links(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(_safe(token.children))


def _safe(tokens: list[Token]) -> Iterator[Token]:
    is_kept: list[bool] = []  # for each link that is open
    for token in tokens:
        if token.type == "link_open":
            is_kept.append(bool(_LINK.match(str(token.attrGet("href") or ""))))
        if token.type == "image" and not _IMAGE.match(str(token.attrGet("src") or "")):
            yield replace(token, type="text", tag="")  # its content is the text that stands for it
        elif token.type not in ("link_open", "link_close") or is_kept[-1]:
            yield token
        if token.type == "link_close":
            is_kept.pop()

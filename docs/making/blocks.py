"""The blocks of code on a page, each with the mark before it that says how it is run, or why not. Reads the page.

A block that people would type is run by the tests, unless a mark stands right before it:

    <!-- runs: NAME -->           a test of its own runs it
    <!-- not run: REASON -->      nothing can
    <!-- saved as: FILE -->       it is put into a file, which blocks below it use
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it.token import Token

from docs.making.pages import MARKDOWN

__all__ = ["Block", "blocks"]

_MARK = re.compile(r"<!-- (runs|not run|saved as): (.+?) -->\s*\Z", re.DOTALL)

NOTHING = Token("", "", 0)  # stands before the first block


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of code."""

    page: Path
    line: int  # where it begins on the page, from 1
    language: str  # empty where none is said
    text: str
    runs_as: str = ""  # the name of what runs it, where that is a test of its own
    reason: str = ""  # why it is not run
    file: str = ""  # what it is saved as

    @property
    def is_marked(self) -> bool:
        """Whether the page says itself what becomes of it."""
        return bool(self.runs_as or self.reason or self.file)


def blocks(page: Path) -> list[Block]:
    """Find the blocks of *page*, in their order."""
    found = []
    tokens = MARKDOWN.parse(page.read_text("utf-8"))
    for before, token in pairwise([NOTHING, *tokens]):
        if token.type in {"fence", "code_block"} and token.map:
            mark = _MARK.search(before.content) if before.type == "html_block" else None
            kind, said = mark.groups() if mark else ("", "")
            found.append(
                Block(
                    page=page,
                    line=token.map[0] + 1,
                    language=token.info.strip(),
                    text=token.content,
                    runs_as=said if kind == "runs" else "",
                    reason=said if kind == "not run" else "",
                    file=said if kind == "saved as" else "",
                )
            )
    return found

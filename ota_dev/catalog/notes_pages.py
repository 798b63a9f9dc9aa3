"""Notes as pages of their own, which a feed links to: the very bytes that are served, written and signed. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, NotesFormat

__all__ = ["NotesPage", "page_of", "pages_of"]

_DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)

# A static host may serve it without a charset.
_PAGE = """\
<!doctype html>
<html{language}>
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Release notes</title>
</head>
<body>
{text}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class NotesPage:
    """A page, and how it is served."""

    media_type: str
    content: bytes


def page_of(note: Note) -> NotesPage:
    """Give *note* as a page; a text that is a whole document already stays as it is."""
    if note.format is NotesFormat.PLAIN_TEXT:
        return NotesPage("text/plain; charset=utf-8", note.text.encode(errors="replace"))
    text = note.text
    if not _DOCUMENT.search(text):
        language = f' lang="{note.language}"' if note.language else ""
        text = _PAGE.format(language=language, text=text.strip())
    return NotesPage("text/html; charset=utf-8", text.encode(errors="replace"))


def pages_of(artifacts: Iterable[Artifact]) -> Iterator[tuple[str, Note]]:
    """Name the pages of *artifacts*, in every language, each with the note on it."""
    for artifact in artifacts:
        for note in artifact.notes.notes:
            yield note.page_name(artifact.download_name), note

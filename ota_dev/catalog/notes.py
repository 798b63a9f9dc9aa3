"""What changed in a release, in one or several languages. Pure values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ota_dev.catalog.languages import negotiate

__all__ = ["Note", "Notes", "NotesFormat"]


class NotesFormat(StrEnum):
    """How a note is written; Sparkle's names. What is written in Markdown has become HTML before it is a note."""

    HTML = "html"
    PLAIN_TEXT = "plain-text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """The notes of one release in one language."""

    language: str | None  # a BCP 47 tag; `None` is the default language, whichever that is
    format: NotesFormat
    text: str  # its author may have written any HTML, so it is only ever shown in a sandbox
    ed25519_signature: str | None = None  # base64 of 64 bytes, over its page (`notes_pages`)

    def page_name(self, download_name: str) -> str:
        """Give the name under which the note of the installer with this download name is found as a page."""
        language = f".{self.language}" if self.language else ""
        return f"{download_name}{language}{'.html' if self.format is NotesFormat.HTML else '.txt'}"


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one release: the default language first, then by tag; each language once."""

    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, notes: Iterable[Note]) -> "Notes":
        """Order *notes*; of several in one language the first counts."""
        by_language: dict[str | None, Note] = {}
        for note in notes:
            by_language.setdefault(note.language, note)
        return cls(tuple(by_language[language] for language in sorted(by_language, key=lambda tag: tag or "")))

    def __bool__(self) -> bool:
        return bool(self.notes)

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the tags there are notes for, without the default language."""
        return tuple(note.language for note in self.notes if note.language)

    def in_language(self, wanted: Iterable[str] = ()) -> Note | None:
        """Give the note in the best of the *wanted* languages, else in the default one, else in English, else any."""
        tag = negotiate(wanted, self.languages)
        if tag is None and self.notes and self.notes[0].language:
            tag = negotiate(["en"], self.languages) or self.languages[0]
        return next((note for note in self.notes if note.language == tag), None)

    def only(self, wanted: Iterable[str] = ()) -> "Notes":
        """Keep the one note that `in_language` gives."""
        note = self.in_language(wanted)
        return Notes((note,) if note else ())

"""The parts of an item that there may be several of: notes, own elements and deltas, as a template is given them.

Only Sparkle chooses among notes in several languages. Other clients take the first or put all together, so an item that
is not for macOS has one. Only Sparkle reads deltas, so only an item for macOS has any. Pure.
"""

from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.safe_text import plain, plain_lines
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.file_values import encodable, file_signature, file_url
from ota_dev.feeds.interface import Links

__all__ = ["AppcastDelta", "AppcastElement", "AppcastNote", "appcast_deltas", "appcast_elements", "appcast_notes"]


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastNote:
    """The notes of an item in one language: either their text, or their URL and what is at it."""

    language: str
    format: str
    text: str
    url: str
    size: int  # bytes of the page; 0 where the notes stand in the feed
    ed25519_signature: str  # over the page


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastElement:
    """An element of an item in somebody's own namespace."""

    prefix: str
    name: str
    namespace: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastDelta:
    """A file that turns one older build into that of the item."""

    from_build: str
    url: str
    size: int  # bytes
    media_type: str
    ed25519_signature: str


def appcast_notes(artifact: Artifact, links: Links) -> tuple[AppcastNote, ...]:
    """Show the notes of *artifact* to a template."""
    notes = artifact.notes if artifact.platform is Platform.MACOS else artifact.notes.only()
    name = encodable(artifact.download_name)
    return tuple(_linked(note, name, links) if links.notes else _embedded(note) for note in notes.notes)


def _embedded(note: Note) -> AppcastNote:
    return AppcastNote(
        language=plain(note.language or ""),
        format=note.format.value,
        text=plain_lines(note.text),
        url="",
        size=0,
        ed25519_signature="",
    )


def _linked(note: Note, download_name: str, links: Links) -> AppcastNote:
    return AppcastNote(
        language=plain(note.language or ""),
        format=note.format.value,
        text="",
        url=plain(links.note(note.page_name(download_name))),
        size=len(page_of(note).content),
        ed25519_signature=plain(note.ed25519_signature or ""),
    )


def appcast_elements(policy: Policy) -> tuple[AppcastElement, ...]:
    """Show the own elements of *policy* to a template."""
    return tuple(
        AppcastElement(
            prefix=element.prefix,
            name=element.name,
            namespace=plain(element.namespace),
            text=plain(element.text),
        )
        for element in policy.own_elements
    )


def appcast_deltas(artifact: Artifact, links: Links) -> tuple[AppcastDelta, ...]:
    """Show the deltas that lead to *artifact* to a template."""
    return tuple(
        AppcastDelta(
            from_build=plain(delta.from_build.text),
            url=file_url(links, delta.download_name),
            size=delta.size,
            media_type=delta.media_type,
            ed25519_signature=file_signature(delta.ed25519_signature),
        )
        for delta in artifact.deltas
        if delta.from_build
    )

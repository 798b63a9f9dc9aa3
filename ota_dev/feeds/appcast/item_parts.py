"""The parts of an item that there may be several of: notes and own elements, as a template is given them. Pure.

Only Sparkle chooses among notes in several languages. Other clients take the first or put all together, so an item that
is not for macOS has one.
"""

from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.safe_text import plain, plain_lines
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.interface import Links

__all__ = ["AppcastElement", "AppcastNote", "appcast_elements", "appcast_notes"]


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastNote:
    """The notes of an item in one language: either their text or their URL."""

    language: str
    format: str
    text: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastElement:
    """An element of an item in somebody's own namespace."""

    prefix: str
    name: str
    namespace: str
    text: str


def appcast_notes(artifact: Artifact, links: Links) -> tuple[AppcastNote, ...]:
    """Show the notes of *artifact* to a template."""
    notes = artifact.notes if artifact.platform is Platform.MACOS else artifact.notes.only()
    name = artifact.download_name.encode(errors="replace").decode()
    return tuple(
        AppcastNote(
            language=plain(note.language or ""),
            format=note.format.value,
            text="" if links.notes else plain_lines(note.text),
            url=plain(links.note(note.page_name(name))),
        )
        for note in notes.notes
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

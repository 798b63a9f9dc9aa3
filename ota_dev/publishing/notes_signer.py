"""Signatures of notes that a feed links to, made over the pages as they are served, once for each. Touches no file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes
from ota_dev.catalog.notes_pages import page_of
from ota_dev.catalog.releases import Catalog

__all__ = ["NotesSigner"]


@dataclass(kw_only=True)
class NotesSigner:
    """Signs the notes of one catalog after another; used by one thread at a time."""

    sign: Callable[[bytes], str]  # gives base64
    _signed: dict[Note, Note] = field(default_factory=dict)  # those of the last catalog, by what they were

    def with_signatures(self, catalog: Catalog) -> Catalog:
        """Give *catalog* with a signature in every note."""
        before, self._signed = self._signed, {}

        def signed(note: Note) -> Note:
            if note not in self._signed:
                self._signed[note] = before.get(note) or replace(
                    note, ed25519_signature=self.sign(page_of(note).content)
                )
            return self._signed[note]

        def add(artifact: Artifact) -> Artifact:
            return (
                replace(artifact, notes=Notes(tuple(map(signed, artifact.notes.notes)))) if artifact.notes else artifact
            )

        return catalog.with_each(add)

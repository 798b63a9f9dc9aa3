"""How much of the catalog a feed tells: all of it, nothing, all but the newest; with notes for every release. Pure."""

from dataclasses import dataclass, replace

from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.releases import Catalog
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.newest import rebuilt, without_newest

__all__ = ["Everything", "NothingOnOffer", "WithSomeNotes", "WithoutNewest"]

_SOME_NOTES = Notes((Note(language=None, format=NotesFormat.PLAIN_TEXT, text="What changed in this release."),))


@dataclass(frozen=True, kw_only=True, slots=True)
class Everything:
    """Tell what there is."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Leave *catalog* as it is."""
        return catalog


@dataclass(frozen=True, kw_only=True, slots=True)
class NothingOnOffer:
    """Tell of every app, and of no release."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return rebuilt(catalog, lambda _: ())


@dataclass(frozen=True, kw_only=True, slots=True)
class WithoutNewest:
    """Tell what there was before the newest release."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return without_newest(catalog)


@dataclass(frozen=True, kw_only=True, slots=True)
class WithSomeNotes:
    """Give notes to what has none, so that every item has a link that can fail."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return catalog.with_each(lambda artifact: replace(artifact, notes=artifact.notes or _SOME_NOTES))

"""The document that Velopack reads, as plain values. Pure.

Source: `VelopackAsset` of Velopack 1.2; a client demands version, type, file name, size and one of the digests.
"""

from collections.abc import Iterable, Iterator, Mapping

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.notes import NotesFormat
from ota_dev.catalog.safe_text import plain_lines
from ota_dev.feeds.one_kind import Offer

__all__ = ["DIGESTS", "document"]

DIGESTS = frozenset({"sha1", "sha256"})


def document(offers: Iterable[Offer]) -> dict[str, object]:
    """Give the document with *offers*; a file without a digest, which the client demands, is left out."""
    return {"Assets": [asset for offer in offers for asset in _assets(offer)]}


def _assets(offer: Offer) -> Iterator[dict[str, object]]:
    package = offer.artifact
    common = {"PackageId": package.facts.identifier or package.facts.name or "", "Version": str(offer.version)}
    files: tuple[Artifact | Delta, ...] = (package, *package.deltas)
    for file in files:
        if DIGESTS.issubset(file.digests):
            yield {
                **common,
                "Type": "Full" if file is package else "Delta",
                "FileName": file.download_name,
                "SHA1": file.digests["sha1"].upper(),
                "SHA256": file.digests["sha256"].upper(),
                "Size": file.size,
                **_notes(package),
            }


def _notes(package: Artifact) -> Mapping[str, str]:
    """Give the notes as they are; those in Markdown have become HTML, but for what stands in the package itself."""
    note, own = package.notes.in_language(), package.facts.release_notes or ""
    if note is None:
        return {"NotesMarkdown": plain_lines(own), "NotesHTML": ""}
    if note.format is NotesFormat.PLAIN_TEXT:
        return {"NotesMarkdown": plain_lines(note.text), "NotesHTML": ""}
    return {"NotesMarkdown": plain_lines(own), "NotesHTML": plain_lines(note.text)}

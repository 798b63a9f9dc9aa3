"""The answer to "is there an update?" as a value; `docs/reference/json-api.md` documents each field. Pure."""

from collections.abc import Sequence
from html import escape

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import NotesFormat
from ota_dev.catalog.safe_text import plain_lines
from ota_dev.catalog.versions import Version

__all__ = ["no_update", "update"]


def no_update(current: Version, newest: Artifact | None) -> dict[str, object]:
    """Say that nothing newer than *current* is on offer; *newest* is what there is, `None` when there is nothing."""
    return {
        "update_available": False,
        "current_version": current.text,
        "latest_version": newest.short_version.text if newest else None,
        "description": "",
        "release_date": None,
        "download_url": None,
        "alternate_url": None,
        "file_size": 0,  # Clients calculate with it.
        "signature": None,
        "sha256": None,
    }


def update(current: Version, newest: Artifact, *, url: str, sha256: str, languages: Sequence[str]) -> dict[str, object]:
    """Offer *newest* to who has *current*; what is not signed has its digest for a signature."""
    return {
        "update_available": True,
        "current_version": current.text,
        "latest_version": newest.short_version.text,
        "description": _description(newest, languages),
        "release_date": newest.published.isoformat(),
        "download_url": url,
        "alternate_url": None,
        "file_size": newest.size,
        "signature": newest.ed25519_signature or sha256,
        "sha256": sha256,
    }


def _description(artifact: Artifact, languages: Sequence[str]) -> str:
    note = artifact.notes.in_language(languages)
    if note is None:
        return ""
    text = plain_lines(note.text)
    return text if note.format is NotesFormat.HTML else "<p>{}</p>".format(escape(text).replace("\n", "<br>\n"))

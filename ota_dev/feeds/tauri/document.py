"""The documents that Tauri's updater reads, as plain values in their own order. Pure.

Source: `RemoteRelease` in `updater.rs` of tauri-plugin-updater 2. It parses a URL by itself, so all are absolute.
"""

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.safe_text import plain_lines
from ota_dev.feeds.file_values import file_url
from ota_dev.feeds.interface import Links
from ota_dev.feeds.semantic_versions import SemanticVersion
from ota_dev.feeds.tauri.selection import Selection

__all__ = ["static_document", "update_document"]

# The client compares versions before it looks for its target.
_NOTHING: dict[str, object] = {"version": "0.0.0", "platforms": {}}


def static_document(selection: Selection, links: Links) -> dict[str, object]:
    """Give the document about every target."""
    if selection.version is None:
        return _NOTHING
    platforms = {target: _file(artifact, links) for target, artifact in selection.entries.items()}
    return {**_release(selection.version, selection.files[0]), "platforms": platforms}


def update_document(version: SemanticVersion, artifact: Artifact, links: Links) -> dict[str, object]:
    """Give the answer to an app that is to install *artifact*."""
    return {**_release(version, artifact), **_file(artifact, links)}


def _release(version: SemanticVersion, artifact: Artifact) -> dict[str, object]:
    note = artifact.notes.in_language()
    return {
        "version": str(version),
        **({"notes": plain_lines(note.text)} if note else {}),
        "pub_date": artifact.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _file(artifact: Artifact, links: Links) -> dict[str, object]:
    return {"url": file_url(links, artifact.download_name), "signature": artifact.minisign_signature or ""}

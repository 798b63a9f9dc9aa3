"""The document that electron-updater reads, as plain values in its own order. Pure.

Source: `updateInfo.ts` of builder-util-runtime 9; `path` and `sha512` at the top are for clients older than 2.16.
"""

from base64 import b64encode
from typing import Any

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.safe_text import plain, plain_lines
from ota_dev.feeds.electron_updater.selection import Selection
from ota_dev.feeds.interface import Links

__all__ = ["NOTHING", "document"]

# The client looks for files only in what is newer than itself.
NOTHING: dict[str, Any] = {"version": "0.0.0", "files": []}


def document(selection: Selection, links: Links) -> dict[str, Any]:
    """Give the document that offers *selection*; a file without a digest, which the client demands, is left out."""
    files = [artifact for artifact in selection.files if "sha512" in artifact.digests]
    if not files:
        return NOTHING
    first, entries = files[0], [_entry(artifact, links) for artifact in files]
    return {
        "version": str(selection.version),
        "files": entries,
        "path": entries[0]["url"],
        "sha512": entries[0]["sha512"],
        "releaseDate": first.published.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        **({"stagingPercentage": first.policy.staging} if first.policy.staging else {}),
        **({"releaseName": plain(first.policy.title)} if first.policy.title else {}),
        **({"releaseNotes": plain_lines(note.text)} if (note := first.notes.in_language()) else {}),
    }


def _entry(artifact: Artifact, links: Links) -> dict[str, Any]:
    # A name may hold halves of surrogate pairs, which percent-encoding knows none of.
    name = artifact.download_name.encode(errors="replace").decode()
    sha512 = b64encode(bytes.fromhex(artifact.digests["sha512"])).decode("ascii")
    block_map_size = artifact.facts.block_map_size
    return {
        "url": plain(links.download(name)),
        "sha512": sha512,
        "size": artifact.size,
        **({"blockMapSize": block_map_size} if block_map_size else {}),
    }

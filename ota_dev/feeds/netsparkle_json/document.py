"""The document that NetSparkle reads, as plain values in its own order. Pure.

Source: `AppCast.cs`, `AppCastItem.cs` and `JsonAppCastGenerator.cs` of NetSparkle 3, which leave out what is not known.
"""

from collections.abc import Iterable

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.safe_text import plain, plain_lines
from ota_dev.feeds.file_values import encodable, file_signature, file_url
from ota_dev.feeds.interface import Links

__all__ = ["document"]

_Value = str | int | bool
_DESCRIPTION = "The versions on offer, newest first."


def document(app: App, artifacts: Iterable[Artifact], links: Links) -> dict[str, object]:
    """Give the document that offers *artifacts*, in their order."""
    name = plain(app.name)
    items = [_item(name, artifact, links) for artifact in artifacts]
    return {"title": name or "Updates", "description": _DESCRIPTION, "items": items}


def _item(app_name: str, artifact: Artifact, links: Links) -> dict[str, _Value]:
    policy, short_version = artifact.policy_in_force, plain(artifact.short_version.text)
    values: dict[str, _Value] = {
        "title": plain(policy.title or "") or f"{app_name} {short_version}".strip(),
        "version": plain(artifact.build.text),
        "short_version": short_version,
        **_notes(artifact, links),
        "url": file_url(links, artifact.download_name),
        "signature": file_signature(artifact.ed25519_signature),
        "publication_date": artifact.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "is_critical": policy.critical is not None,
        "size": artifact.size,
        "os": artifact.platform.value,
        "channel": plain(policy.channel or ""),
        "type": artifact.kind.media_type,
    }
    return {key: value for key, value in values.items() if value != ""}


def _notes(artifact: Artifact, links: Links) -> dict[str, _Value]:
    note = artifact.notes.in_language()
    if note is None:
        return {}
    if not links.notes:
        return {"description": plain_lines(note.text)}
    return {
        "release_notes_link": plain(links.note(note.page_name(encodable(artifact.download_name)))),
        "release_notes_signature": file_signature(note.ed25519_signature),
    }

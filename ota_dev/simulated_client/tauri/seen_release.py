"""The document as Tauri reads it: all of it, or nothing. Pure.

Source: `RemoteRelease` in `updater.rs` of tauri-plugin-updater. With `platforms` it is static, and every entry has to
be right, also those for other systems; without, it is the answer of a server to one app.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ota_dev.documents.json_nodes import read_json
from ota_dev.documents.nodes import Node
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.tauri.comparator import read_version

__all__ = ["SeenPlatform", "SeenRelease", "UnreadableRelease", "is_absolute", "is_rfc_3339", "see_release"]


class UnreadableRelease(Exception):  # noqa: N818 # It is what Tauri says of a document, and no failure here.
    """The client uses nothing of the document."""


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenPlatform:
    """A file, and its signature."""

    url: str
    signature: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenRelease:
    """What the document says; of an answer to one app, the only platform has no name."""

    version: str
    platforms: dict[str, SeenPlatform]
    line: int


def see_release(feed: ReceivedFeed) -> SeenRelease:
    """Read a document as Tauri does.

    Raises:
        MalformedFeedError: it is no JSON.
        UnreadableRelease: something in it is not as it has to be.
    """
    root = read_json(feed.content, feed.name)
    version = root.get("version", "name")
    if version is None or read_version(version.text) is None:
        raise UnreadableRelease(f"its version {quoted(version.text if version else '')} is no semantic version")
    _check_texts(root)
    platforms = root.get("platforms")
    if platforms is None:
        files = {"": _platform(root, "it")}
    else:
        files = {name: _platform(node, f"its platform {quoted(name)}") for name, node in platforms.children.items()}
    text = feed.content.decode("utf-8-sig", "replace")
    return SeenRelease(version=version.text.lstrip("v"), platforms=files, line=text.count("\n", 0, version.offset) + 1)


def is_absolute(url: str) -> bool:
    """Say whether the client takes an address: only a whole one can be parsed without another."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.scheme not in ("http", "https")))


def is_rfc_3339(text: str) -> bool:
    """Say whether the client takes a date: with a time and its distance from UTC."""
    try:
        return "T" in text.upper() and datetime.fromisoformat(text.upper()).tzinfo is not None
    except ValueError:
        return False


def _check_texts(root: Node) -> None:
    date, notes = root.get("pub_date"), root.get("notes")
    if date and not is_rfc_3339(date.text):
        raise UnreadableRelease(f"its pub_date {quoted(str(date.value)[:80])} is no date of RFC 3339")
    if notes and not isinstance(notes.value, str):
        raise UnreadableRelease("its notes are no text")


def _platform(node: Node, what: str) -> SeenPlatform:
    url, signature = node.get("url"), node.get("signature")
    if url is None or not is_absolute(url.text):
        raise UnreadableRelease(f"{what} has no absolute url" + (f", but {quoted(url.text)}" if url else ""))
    if signature is None or not isinstance(signature.value, str):
        raise UnreadableRelease(f"{what} has no signature")
    return SeenPlatform(url=url.text, signature=signature.value)

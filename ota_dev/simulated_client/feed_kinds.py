"""Which kind of feed a document is, by what stands in it, else by its name. Pure.

A document is recognised by what its writer most likely meant: one that is broken is still of a kind, so that its
mistakes can be told.
"""

import re
from enum import StrEnum
from urllib.parse import urlsplit

__all__ = ["FeedKind", "kind_by_name", "recognise"]

_HEAD = 64 * 1024  # bytes; what is behind them makes no document another one
_RELEASES_LINE = re.compile(r"\s*[0-9a-fA-F]{16,64}[ \t]+\S+")
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html)\b", re.IGNORECASE)
_YAML_KEY = re.compile(r"^(version|files|path|sha512|releaseDate|stagingPercentage)[ \t]*:", re.MULTILINE)
_JSON_KEY = re.compile(r'"([A-Za-z_]{1,40})"\s*:')


class FeedKind(StrEnum):
    """The kinds there are."""

    APPCAST = "an appcast"
    ELECTRON_UPDATER = "a feed of electron-updater"
    TAURI = "a feed of Tauri"
    VELOPACK = "a feed of Velopack"
    NETSPARKLE_JSON = "an app cast of NetSparkle in JSON"
    SQUIRREL_MAC = "a feed of Squirrel.Mac"
    SQUIRREL_WINDOWS = "a RELEASES file of Squirrel.Windows"


# By what none of the others has at its top, most telling first.
_BY_KEYS: tuple[tuple[FeedKind, frozenset[str]], ...] = (
    (FeedKind.VELOPACK, frozenset({"assets"})),
    (FeedKind.TAURI, frozenset({"platforms"})),
    (FeedKind.NETSPARKLE_JSON, frozenset({"items"})),
    (FeedKind.ELECTRON_UPDATER, frozenset({"files", "sha512"})),
    (FeedKind.SQUIRREL_MAC, frozenset({"currentrelease", "releases"})),
    (FeedKind.TAURI, frozenset({"signature", "version"})),
    (FeedKind.SQUIRREL_MAC, frozenset({"url", "name"})),
)


def recognise(content: bytes, name: str = "") -> FeedKind | None:
    """Say what kind of feed a document is, `None` when nothing tells."""
    text = content[:_HEAD].decode("utf-8-sig", "replace").lstrip("\ufeff \t\r\n\0")
    if text.startswith("<"):
        return None if _WEB_PAGE.match(text) else FeedKind.APPCAST
    if text.startswith(("{", "[")) and (kind := _of_json(content, text)):
        return kind
    if _RELEASES_LINE.match(text):
        return FeedKind.SQUIRREL_WINDOWS
    if by_name := kind_by_name(name):
        return by_name
    return FeedKind.ELECTRON_UPDATER if _YAML_KEY.search(text) else None


def kind_by_name(name: str) -> FeedKind | None:
    """Say what kind of feed the name of a file, or the end of a URL's path, stands for; `None` for any other."""
    try:
        path = urlsplit(name).path if "://" in name else name
    except ValueError:
        return None
    last = re.split(r"[/\\]", path)[-1].lower()
    if "{{target}}" in name or "{{arch}}" in name or "{{current_version}}" in name:
        return FeedKind.TAURI
    if last.endswith((".yml", ".yaml")):
        return FeedKind.ELECTRON_UPDATER
    if last.startswith("releases.") and last.endswith(".json"):
        return FeedKind.VELOPACK
    if last == "releases" or last.startswith("releases-"):
        return FeedKind.SQUIRREL_WINDOWS
    return FeedKind.APPCAST if last.endswith(".xml") else None


def _of_json(content: bytes, head: str) -> FeedKind | None:
    import json  # noqa: PLC0415 # most feeds are no JSON

    try:
        document = json.loads(content)
        keys = {key.lower() for key in document} if isinstance(document, dict) else set()
    except (ValueError, RecursionError):  # A broken one is recognised by what it seems to hold.
        keys = {key.lower() for key in _JSON_KEY.findall(head)}
    return next((kind for kind, telling in _BY_KEYS if keys & telling), None)

"""The script and the style sheet of the dashboard, as they are packaged. Reads each once."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Asset", "asset_named", "asset_url"]

ASSETS = "/_ota/dashboard/assets/"

_MEDIA_TYPES = {
    "dashboard.css": "text/css; charset=utf-8",
    "dashboard.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """A packaged file."""

    media_type: str
    content: bytes
    version: str  # changes with the content


@cache
def asset_named(name: str) -> Asset | None:
    """Give the asset of this name, `None` when there is none; a name never becomes a path."""
    if name not in _MEDIA_TYPES:
        return None
    content = (files(__package__) / name).read_bytes()
    return Asset(media_type=_MEDIA_TYPES[name], content=content, version=hashlib.sha256(content).hexdigest()[:12])


def asset_url(name: str) -> str:
    """Give the address of an asset, which browsers may keep: it changes with the content."""
    asset = asset_named(name)
    if asset is None:
        raise LookupError(f"there is no asset {name}")
    return f"{ASSETS}{name}?v={asset.version}"

"""Deltas: files that turn one build of a Mac app into a newer one. Pure."""

from dataclasses import dataclass

from ota_dev.catalog.versions import Version

__all__ = ["Delta", "is_delta_name"]

_SUFFIX = ".delta"


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """A delta that leads to the build of the artifact that holds it."""

    download_name: str  # the path below the served folder, with "/" on every system
    from_build: Version  # Sparkle takes it only if this is the very text of the build that is installed
    size: int  # bytes
    ed25519_signature: str | None = None  # base64 of 64 bytes, over the whole file

    media_type = "application/octet-stream"


def is_delta_name(name: str) -> bool:
    """Say whether a file of this name is a delta."""
    return len(name) > len(_SUFFIX) and name.lower().endswith(_SUFFIX)

"""Deltas: files that turn one build of an app into a newer one, as Sparkle and Velopack have them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ota_dev.catalog.versions import Version

__all__ = ["PACKAGE_DELTA", "Delta", "is_delta_name"]

PACKAGE_DELTA = "-delta.nupkg"  # of Velopack and Squirrel.Windows

_SUFFIXES = (".delta", PACKAGE_DELTA)


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """A delta that leads to the build of the artifact that holds it."""

    download_name: str  # the path below the served folder, with "/" on every system
    from_build: Version | None  # Sparkle takes it only from the very text of this build; a package says none
    size: int  # bytes
    ed25519_signature: str | None = None  # base64 of 64 bytes, over the whole file
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # algorithm: lower-case hex

    media_type = "application/octet-stream"


def is_delta_name(name: str) -> bool:
    """Say whether a file of this name is a delta."""
    return any(len(name) > len(suffix) and name.lower().endswith(suffix) for suffix in _SUFFIXES)

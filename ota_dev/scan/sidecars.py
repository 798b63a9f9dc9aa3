"""The sidecar of an installer: what its author says of it, over what was read. Reads that file.

It stands beside `Acme-Notes-1.3.0.dmg` as `Acme-Notes-1.3.0.dmg.yaml`, or as `Acme-Notes-1.3.0.yaml` for all installers
of that base name:

    os: linux            # where neither the name nor the inside says it
    arch: arm64
    app: Acme Notes      # the app it belongs to
    version: "1300"      # what clients compare (on macOS the CFBundleVersion)
    short_version: "1.3.0"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform

if TYPE_CHECKING:
    from ota_dev.documents import Document

__all__ = ["Sidecar", "is_sidecar_name", "read_sidecar", "sidecar_names"]

SUFFIX = ".yaml"

KEYS = ("os", "arch", "app", "version", "short_version")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sidecar:
    """What a sidecar says."""

    facts: Facts = field(default_factory=Facts)
    app: str | None = None  # the name of the app that the installer belongs to


def is_sidecar_name(name: str) -> bool:
    """Say whether a file of this name may be a sidecar."""
    return name.endswith(SUFFIX)


def sidecar_names(installer: str) -> tuple[str, ...]:
    """Give the names that the sidecar of an installer may have; the first that exists counts."""
    found = PackageKind.of_file(installer)
    return (f"{installer}{SUFFIX}", f"{found[1]}{SUFFIX}") if found else ()


def read_sidecar(path: Path) -> Sidecar:
    """Read the sidecar at *path*.

    Raises:
        ConfigurationError: it cannot be used; file, line and key are named.
    """
    # PyYAML takes longer to import than a small folder to publish, and few folders have a sidecar.
    from ota_dev.documents import load_document  # noqa: PLC0415

    document = load_document(path)
    for key in document:
        if key not in KEYS:
            close = get_close_matches(key, KEYS, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"the keys are {', '.join(KEYS)}"
            raise document.error(key, f"there is no such key, {remedy}")
    architecture = _architecture(document)
    facts = Facts.read_from(
        path.name,
        platform=_platform(document),
        architectures=(architecture,) if architecture else (),
        version=document.text("version"),
        short_version=document.text("short_version"),
    )
    return Sidecar(facts=facts, app=document.text("app"))


def _platform(document: Document) -> Platform | None:
    spelling = document.text("os")
    if spelling and Platform.parse(spelling) is Platform.UNKNOWN:
        raise document.error("os", f"{spelling} is no operating system, use macos, windows or linux")
    return Platform.parse(spelling) if spelling else None


def _architecture(document: Document) -> Architecture | None:
    spelling = document.text("arch")
    if spelling and Architecture.parse(spelling) is Architecture.UNKNOWN:
        raise document.error("arch", f"{spelling} is no architecture, use arm64, x86_64, x86 or universal")
    return Architecture.parse(spelling) if spelling else None

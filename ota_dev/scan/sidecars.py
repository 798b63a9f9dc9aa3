"""What authors say of their installers, over what was read: in a sidecar, or in rules for many. Reads sidecars.

A sidecar stands beside `Acme-Notes-1.3.0.dmg` as `Acme-Notes-1.3.0.dmg.yaml`, or as `Acme-Notes-1.3.0.yaml` for all
installers of that base name:

    os: linux            # where neither the name nor the inside says it
    arch: arm64
    app: Acme Notes      # the app it belongs to
    version: "1300"      # what clients compare (on macOS the CFBundleVersion)
    short_version: "1.3.0"
    channel: beta        # and every other key of a policy, see `policy_keys`
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.catalog.policy_values import version_text
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.documents import Document, Reader, load_document, read_keys
from ota_dev.scan.policy_keys import POLICY_READERS, policy_of

__all__ = ["Sidecar", "is_sidecar_name", "read_sidecar", "sidecar_names", "sidecar_of"]

SUFFIX = ".yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sidecar:
    """What is said of an installer."""

    facts: Facts = field(default_factory=Facts)
    policy: Policy = field(default=NOTHING_SAID)
    app: str | None = None  # the name of the app that the installer belongs to

    def over(self, fallback: "Sidecar") -> "Sidecar":
        """Fill what is not said here from *fallback*."""
        return Sidecar(
            facts=self.facts.over(fallback.facts),
            policy=self.policy.over(fallback.policy),
            app=self.app or fallback.app,
        )


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
        ConfigurationError: it cannot be used; file, line and key are named, for all that is wrong with it.
    """
    return sidecar_of(load_document(path))


def sidecar_of(document: Document) -> Sidecar:
    """Read what a mapping says of an installer, in a sidecar or anywhere else.

    Raises:
        ConfigurationError: a key or a value cannot be used.
    """
    values: dict[str, Any] = read_keys(document, _READERS)
    architecture = values.get("arch")
    facts = Facts.read_from(
        document.path.name,
        platform=values.get("os"),
        architectures=(architecture,) if architecture else (),
        version=values.get("version"),
        short_version=values.get("short_version"),
    )
    return Sidecar(facts=facts, policy=policy_of(values), app=values.get("app"))


def _platform(document: Document, key: str) -> Platform | None:
    spelling = document.text(key)
    return Platform.named(spelling) if spelling else None


def _architecture(document: Document, key: str) -> Architecture | None:
    spelling = document.text(key)
    return Architecture.named(spelling) if spelling else None


def _version(document: Document, key: str) -> str | None:
    version = document.text(key)
    return version_text(version) if version else None


_READERS: dict[str, Reader[object]] = {
    "os": _platform,
    "arch": _architecture,
    "app": Document.text,
    "version": _version,
    "short_version": _version,
    **POLICY_READERS,
}

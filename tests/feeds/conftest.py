"""A builder of artifacts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.notes import Notes
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version


def build_artifact(
    name: str = "Acme-Notes-1.3.0.dmg",
    *,
    short_version: str = "1.3.0",
    build: str | None = None,
    platform: Platform = Platform.MACOS,
    architecture: Architecture = Architecture.UNIVERSAL,
    size: int = 1_000,
    modified: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    minimum_os: str | None = None,
    digests: Mapping[str, str] | None = None,
    ed25519_signature: str | None = None,
    minisign_signature: str | None = None,
    policy: Policy | None = None,
    notes: Notes | None = None,
    deltas: Sequence[Delta] = (),
) -> Artifact:
    """Build an artifact; its kind is what its name says, a disk image where it says nothing."""
    kind, _ = PackageKind.of_file(name) or (PackageKind.DMG, name)
    return Artifact(
        download_name=name,
        size=size,
        modified=modified,
        kind=kind,
        platform=platform if kind.platform is Platform.UNKNOWN else kind.platform,
        architecture=architecture,
        build=Version(short_version if build is None else build),
        short_version=Version(short_version),
        facts=Facts(minimum_os=minimum_os),
        digests=digests or {},
        ed25519_signature=ed25519_signature,
        minisign_signature=minisign_signature,
        policy=policy or Policy(),
        notes=notes or Notes(),
        deltas=tuple(deltas),
    )


@pytest.fixture(scope="session")
def artifact() -> Callable[..., Artifact]:
    return build_artifact

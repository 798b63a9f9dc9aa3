"""A catalog to bend: an app for three systems, of which one lags behind, and a builder of more."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.scenarios.asker import Asker

SIGNATURE = base64.b64encode(bytes(range(64))).decode()


def build_artifact(
    name: str, short_version: str, build: str | None = None, *, policy: Policy | None = None, minimum_os: str = ""
) -> Artifact:
    """Build a signed artifact; its name says its kind, and that its system."""
    kind, _ = PackageKind.of_file(name) or (PackageKind.DMG, name)
    build = build or short_version
    is_mac = kind.platform is Platform.MACOS
    deltas = (Delta(download_name=f"{name}.delta", from_build=Version("1100"), size=9, ed25519_signature=SIGNATURE),)
    return Artifact(
        download_name=name,
        size=1_000,
        modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        kind=kind,
        platform=kind.platform,
        architecture=Architecture.UNIVERSAL if is_mac else Architecture.X86_64,
        build=Version(build),
        short_version=Version(short_version),
        facts=Facts(minimum_os=minimum_os or None),
        ed25519_signature=SIGNATURE,
        policy=policy or Policy(),
        deltas=deltas if is_mac else (),
    )


@pytest.fixture(scope="session")
def artifact() -> Callable[..., Artifact]:
    """Build an artifact: `artifact("Notes-1.3.0.dmg", "1.3.0", "1300", policy=...)`."""
    return build_artifact


@pytest.fixture(scope="session")
def catalog_of() -> Callable[..., Catalog]:
    """Build a catalog of one app: `catalog_of(artifact(...), ...)`."""
    return lambda *artifacts: Catalog(apps=(App.of("acmenotes", "Acme Notes", artifacts),))


@pytest.fixture(scope="session")
def catalog(catalog_of: Callable[..., Catalog]) -> Catalog:
    """Give 1.3.0 for macOS and Windows, and 1.2.0 for Linux too; the Mac app counts its builds."""
    return catalog_of(
        build_artifact("Notes-1.3.0.dmg", "1.3.0", "1300", minimum_os="11.0"),
        build_artifact("Notes-1.3.0.exe", "1.3.0"),
        build_artifact("Notes-1.2.0.dmg", "1.2.0", "1200", minimum_os="11.0"),
        build_artifact("Notes-1.2.0.exe", "1.2.0"),
        build_artifact("Notes-1.2.0.AppImage", "1.2.0"),
    )


@pytest.fixture(scope="session")
def asker() -> Asker:
    """Give somebody who says nothing of a version."""
    return Asker(now=datetime(2026, 6, 1, 12, tzinfo=UTC))

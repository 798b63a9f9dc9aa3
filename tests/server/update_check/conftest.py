"""Artifacts out of a few words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version


def make_artifact(
    name: str,
    version: str = "1.3.0",
    *,
    build: str | None = None,
    platform: Platform = Platform.LINUX,
    architecture: Architecture = Architecture.X86_64,
    channel: str | None = None,
    **others: Any,
) -> Artifact:
    kind, _ = PackageKind.of_file(name) or (PackageKind.ZIP, name)
    return Artifact(
        **{
            "download_name": name,
            "size": 1_000,
            "modified": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            "kind": kind,
            "platform": platform if kind.platform is Platform.UNKNOWN else kind.platform,
            "architecture": architecture,
            "build": Version(build or version),
            "short_version": Version(version),
            "facts": Facts(),
            "policy": Policy(channel=channel),
            **others,
        }
    )


@pytest.fixture(scope="session")
def artifact() -> Callable[..., Artifact]:
    """Make an artifact: `artifact("Acme.tar.gz", "1.3.0", channel="beta")`; an archive is for Linux."""
    return make_artifact

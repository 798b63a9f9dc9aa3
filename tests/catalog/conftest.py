"""Artifacts out of a few words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.grouping import aliases_of
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

MakeArtifact = Callable[..., Artifact]


@pytest.fixture(scope="session")
def artifact() -> MakeArtifact:
    """Make an artifact: `artifact("Acme.dmg", "1.3.0", build="1300", identifier="com.acme.notes")`."""

    def make(
        file: str, version: str = "1.0", *, build: str | None = None, source: str = "inside", **known: Any
    ) -> Artifact:
        kind, _ = PackageKind.of_file(file) or (PackageKind.ZIP, file)
        platform = known.pop("platform", None) or kind.platform
        architecture = known.pop("architecture", Architecture.UNKNOWN)
        app = known.pop("app", None)
        warnings = known.pop("warnings", ())
        facts = Facts.read_from(source, warnings=warnings, short_version=version, **known)
        return Artifact(
            download_name=file,
            size=1,
            modified=datetime(2026, 1, 2, tzinfo=UTC),
            kind=kind,
            platform=platform if platform is not Platform.UNKNOWN else Platform.MACOS,
            architecture=architecture,
            build=Version(build or version),
            short_version=Version(version),
            facts=facts,
            app=app,
            aliases=aliases_of(facts),
        )

    return make

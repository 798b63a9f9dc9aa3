"""Builds what is on offer, for tests of the words that say it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ota_dev.catalog.artifacts import Artifact, FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.grouping import aliases_of, group
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.publishing import Publication, PublishedFile
from ota_dev.scan.interface import Skipped


def artifact(name: str, app: str, version: str, platform: Platform) -> Artifact:
    kind, _ = PackageKind.of_file(name) or (PackageKind.ZIP, name)
    facts = Facts.read_from("file name", name=app, short_version=version)
    return Artifact(
        download_name=name,
        size=1,
        modified=datetime(2026, 1, 2, tzinfo=UTC),
        kind=kind,
        platform=platform,
        architecture=Architecture.UNIVERSAL,
        build=Version(version),
        short_version=Version(version),
        facts=facts,
        aliases=aliases_of(facts),
    )


def publication(
    *names: str,
    skipped: Mapping[str, str] | None = None,
    notices: Sequence[str] = (),
    other_files: int = 0,
    size: int = 1,
) -> Publication:
    """Publish files with names such as `Acme Notes 1.3.0 macos.zip`."""
    artifacts = []
    for name in names:
        app, version, platform = name.rpartition(".")[0].rsplit(" ", 2)
        artifacts.append(artifact(name, app, version, Platform(platform)))
    identity = FileIdentity(size=size, modified_ns=0, changed_ns=0, inode=0, device=0)
    return Publication(
        revision=1,
        catalog=group(artifacts),
        files={name: PublishedFile(path=Path(name), identity=identity, media_type="") for name in names},
        skipped=tuple(Skipped(name=name, reason=reason) for name, reason in (skipped or {}).items()),
        notices=tuple(notices),
        other_files=other_files,
    )


def on_beta(now: Publication, version: str) -> Publication:
    """Put the installers of a *version* on a channel, which the main feed hides."""
    beta = Policy(channel="beta")
    hiding = now.catalog.with_each(
        lambda artifact: replace(artifact, policy=beta) if artifact.short_version.text == version else artifact
    )
    return replace(now, catalog=hiding)

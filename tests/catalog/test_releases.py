"""Releases, their artifacts and their order."""

from collections.abc import Callable

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform

MakeArtifact = Callable[..., Artifact]


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


def test_a_release_groups_the_artifacts_of_one_short_version(artifact: MakeArtifact) -> None:
    grouped = app(artifact("a.dmg", "1.3", build="1300"), artifact("b.exe", "1.3.0.0"), artifact("c.dmg", "1.2"))

    assert [[a.download_name for a in release.artifacts] for release in grouped.releases] == [
        ["a.dmg", "b.exe"],
        ["c.dmg"],
    ]


def test_releases_stand_newest_first_by_their_builds(artifact: MakeArtifact) -> None:
    grouped = app(artifact("a.dmg", "2.0", build="90"), artifact("b.dmg", "1.9", build="100"))

    assert [release.short_version.text for release in grouped.releases] == ["1.9", "2.0"]


def test_pre_releases_are_releases_of_their_own(artifact: MakeArtifact) -> None:
    grouped = app(artifact("a.dmg", "1.0-beta.1"), artifact("b.dmg", "1.0-beta.2"), artifact("c.dmg", "1.0"))

    assert len(grouped.releases) == 3


def test_universal_stands_first_then_x86_64_before_arm64(artifact: MakeArtifact) -> None:
    grouped = app(
        artifact("arm.dmg", architecture=Architecture.ARM64),
        artifact("intel.dmg", architecture=Architecture.X86_64),
        artifact("both.dmg", architecture=Architecture.UNIVERSAL),
    )

    assert [a.download_name for a in grouped.artifacts] == ["both.dmg", "intel.dmg", "arm.dmg"]


def test_narrowing_keeps_what_runs_on_the_platform_and_architecture(artifact: MakeArtifact) -> None:
    grouped = app(
        artifact("arm.dmg", architecture=Architecture.ARM64),
        artifact("intel.dmg", architecture=Architecture.X86_64),
        artifact("both.dmg", "0.9", architecture=Architecture.UNIVERSAL),
        artifact("unknown.dmg", "0.8"),
        artifact("x.exe", architecture=Architecture.ARM64),
    )

    narrowed = grouped.narrowed(Platform.MACOS, Architecture.ARM64)

    assert [a.download_name for a in narrowed.artifacts] == ["arm.dmg", "both.dmg", "unknown.dmg"]


def test_narrowing_to_what_is_not_there_leaves_an_app_without_releases(artifact: MakeArtifact) -> None:
    narrowed = app(artifact("a.dmg")).narrowed(Platform.LINUX)

    assert narrowed.newest is None

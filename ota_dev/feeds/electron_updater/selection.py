"""Which installers electron-updater is offered, and what keeps it from the others. Pure.

Source: `NsisUpdater.ts`, `MacUpdater.ts`, `AppImageUpdater.ts`, `DebUpdater.ts`, `RpmUpdater.ts` of electron-updater 6.

1. The feed is about one version, the newest by semantic versioning that has a file which the client can install.
2. Windows takes an `.exe` and macOS a `.zip`. On Linux an app takes the kind that it was installed from.
3. The client knows no channels in a feed, so only what carries no mark counts; who asks for a channel sees no marks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.interface import Alternate
from ota_dev.feeds.semantic_versions import SemanticVersion

__all__ = ["Selection", "is_usable", "select"]

_KINDS = {
    Platform.WINDOWS: (PackageKind.EXE,),
    Platform.MACOS: (PackageKind.ZIP,),
    Platform.LINUX: (PackageKind.APPIMAGE, PackageKind.DEB, PackageKind.RPM),
    Platform.UNKNOWN: (),
}
_NEEDS = {
    Platform.WINDOWS: "electron-updater on Windows needs an exe",
    Platform.MACOS: "electron-updater on macOS needs a zip",
    Platform.LINUX: "electron-updater on Linux needs an AppImage, a deb or an rpm",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What one system is offered."""

    version: SemanticVersion
    files: tuple[Artifact, ...]  # the first is what clients take that read no list
    alternates: tuple[Alternate, ...]
    problems: tuple[str, ...]


def is_usable(artifact: Artifact) -> bool:
    """Say whether clients can install *artifact* and compare its version."""
    kinds = _KINDS[artifact.platform]
    return artifact.kind in kinds and SemanticVersion.read(artifact.short_version) is not None


def select(app: App, platform: Platform) -> Selection | None:
    """Choose what *platform* is offered of *app*, `None` when there is nothing for it in the folder."""
    visible = [a for a in app.artifacts if a.platform is platform and a.policy.channel is None]
    versions = {a.download_name: version for a in visible if (version := SemanticVersion.read(a.short_version))}
    usable = [a for a in visible if is_usable(a)]
    if not visible:
        return None
    newest = max((versions[a.download_name] for a in usable), key=_order, default=None)
    kinds = _KINDS[platform]
    files = [a for a in usable if newest and versions[a.download_name].order == newest.order]
    files.sort(key=lambda artifact: kinds.index(artifact.kind))
    others = [a for a in visible if a not in usable and files and versions.get(a.download_name) == newest]
    return Selection(
        version=newest or SemanticVersion(numbers=(0, 0, 0)),
        files=tuple(files),
        alternates=tuple(Alternate(left_out=other, chosen=files[0]) for other in others),
        problems=(*_unusable(visible, versions, newest), *_misnamed(files)),
    )


def _order(version: SemanticVersion) -> tuple[object, ...]:
    return version.order


def _unusable(
    visible: list[Artifact], versions: dict[str, SemanticVersion], newest: SemanticVersion | None
) -> Iterator[str]:
    """Say what is newer than what is offered, and why it is not."""
    for artifact in visible:
        name, version = artifact.download_name, versions.get(artifact.download_name)
        if version is None:
            yield (
                f"{name} is not in electron-updater's feed: its version {artifact.short_version} is no semantic "
                "version, which has three numbers"
            )
        elif newest is None or version.order > newest.order:
            yield f"{_NEEDS[artifact.platform]}: of {version} there is only {name}"


def _misnamed(files: list[Artifact]) -> Iterator[str]:
    """Say which zip Intel Macs would take though it is not for them: the client looks for `arm64` in the name alone."""
    architectures = {artifact.architecture for artifact in files}
    for artifact in files:
        is_for_arm = artifact.platform is Platform.MACOS and artifact.architecture is Architecture.ARM64
        if is_for_arm and len(architectures) > 1 and "arm64" not in artifact.download_name:
            yield (
                f"{artifact.download_name} is for Apple silicon, which electron-updater sees only by arm64 in the "
                "name: Intel Macs may take it, so rename it"
            )

"""What Tauri calls systems, architectures and installers. Pure.

Source: `updater.rs` of tauri-plugin-updater 2 and `BundleType` of tauri-utils.
"""

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform

__all__ = ["BUNDLES", "NEEDS", "kind_of", "target_names"]

# The first of a system is what an app gets that does not say what it was installed from.
BUNDLES: dict[Platform, dict[PackageKind, str]] = {
    Platform.LINUX: {PackageKind.APPIMAGE: "appimage", PackageKind.DEB: "deb", PackageKind.RPM: "rpm"},
    Platform.MACOS: {PackageKind.TAR: "app"},
    Platform.WINDOWS: {PackageKind.EXE: "nsis", PackageKind.MSI: "msi"},
    Platform.UNKNOWN: {},
}
NEEDS = {
    Platform.LINUX: "Tauri on Linux needs an AppImage, a deb or an rpm",
    Platform.MACOS: "Tauri on macOS needs the .app.tar.gz",
    Platform.WINDOWS: "Tauri on Windows needs the exe of NSIS or an msi",
}

_SYSTEMS = {Platform.LINUX: "linux", Platform.MACOS: "darwin", Platform.WINDOWS: "windows"}
_ARCHITECTURES = {
    Architecture.X86_64: "x86_64",
    Architecture.ARM64: "aarch64",
    Architecture.X86: "i686",
    Architecture.ARM: "armv7",
}
_OF_MACS = (Architecture.X86_64, Architecture.ARM64)


def kind_of(bundle: str) -> PackageKind | None:
    """Give the kind of installer that Tauri calls *bundle*, in any case; `None` for any other word."""
    names = {name: kind for kinds in BUNDLES.values() for kind, name in kinds.items()}
    return names.get(bundle.lower())


def target_names(artifact: Artifact) -> tuple[str, ...]:
    """Name the targets that *artifact* runs on, such as `darwin-aarch64`; all where its architecture is not known."""
    system, architecture = artifact.platform, artifact.architecture
    every = _OF_MACS if system is Platform.MACOS else tuple(_ARCHITECTURES)
    architectures = (architecture,) if architecture in _ARCHITECTURES else every
    return tuple(f"{_SYSTEMS[system]}-{_ARCHITECTURES[each]}" for each in architectures)

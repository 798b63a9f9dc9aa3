"""What Tauri asks for: an endpoint, in which variables stand for the app. Pure.

Source: `updater.rs` of tauri-plugin-updater; `{{bundle_type}}` came later.
"""

from urllib.parse import quote

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.profile import Profile

__all__ = ["ARCHITECTURES", "TARGETS", "address", "target_of"]

TARGETS = {Platform.MACOS: "darwin", Platform.WINDOWS: "windows", Platform.LINUX: "linux"}
ARCHITECTURES = {
    Architecture.X86_64: "x86_64",
    Architecture.ARM64: "aarch64",
    Architecture.X86: "i686",
    Architecture.ARM: "armv7",
}
_BUNDLES = {Platform.MACOS: "app", Platform.WINDOWS: "nsis", Platform.LINUX: "appimage"}


def address(source: str, profile: Profile) -> str:
    """Fill in an endpoint as the client does."""
    target, architecture = target_of(profile)
    variables = {
        "target": target,
        "arch": architecture,
        "current_version": quote(profile.installed, safe=""),
        "bundle_type": _BUNDLES.get(profile.system.platform, ""),
    }
    for name, value in variables.items():
        for written in (f"{{{{{name}}}}}", f"%7B%7B{name}%7D%7D"):
            source = source.replace(written, value)
    return source


def target_of(profile: Profile) -> tuple[str, str]:
    """Give the names of the app's system and architecture, as keys of `platforms` have them."""
    return TARGETS.get(profile.system.platform, "linux"), ARCHITECTURES.get(profile.architecture, "x86_64")
